using System.Text;
using Gyrus.Cluster.Jobs;
using Gyrus.Cluster.Training;
using Gyrus.Learning.Runs;
using Gyrus.Learning.Tuning;

namespace Gyrus.Cluster.Work;

/// <summary>Tries settings of a head: the same bits on any node, since each setting has one thread.</summary>
internal sealed class TuningWork(RunPlan plan, FeatureCopy features, int degree) : IJobWork
{
    private readonly TuningData _data = TuningData.Open(plan, features.Folder, new RunObserver(), CancellationToken.None);

    public IEnumerable<(OpenShard Shard, ShardAnswers Answers)> Answer(IEnumerable<OpenShard> shards, CancellationToken cancel) => SideBySide.Answer(
        shards, degree,
        shard =>
        {
            var lines = string.Concat(shard.Files.Select(point => _data.Try(TuningItem.Read(point), cancel).ToJson() + "\n"));
            return new(PackedText.Pack(Encoding.UTF8.GetBytes(lines)), shard.Files.Count, Errors: 0);
        },
        cancel);

    public void Dispose()
    {
        _data.Dispose();
        features.Dispose();
    }
}
