using System.Globalization;
using System.Text;
using Gyrus.Cluster.Jobs;
using Gyrus.Cluster.Packages;
using Gyrus.Cluster.Training;
using Gyrus.Learning.Runs;
using Gyrus.Learning.Training;

namespace Gyrus.Cluster.Work;

/// <summary>Trains folds, one after the other, with all that libtorch has of the machine.</summary>
/// <param name="plan">What is trained.</param>
/// <param name="features">Features of the images; none where the backbone is fitted.</param>
/// <param name="folder">Takes the runs until they are done.</param>
/// <param name="grains">The cluster, whose store takes them then.</param>
internal sealed class FoldWork(RunPlan plan, FeatureCopy features, string folder, IGrainFactory grains) : IJobWork
{
    public IEnumerable<(OpenShard Shard, ShardAnswers Answers)> Answer(IEnumerable<OpenShard> shards, CancellationToken cancel) => shards.Select(shard => (shard, Answer(shard, cancel)));

    public void Dispose() => features.Dispose();

    private ShardAnswers Answer(OpenShard shard, CancellationToken cancel)
    {
        var lines = string.Concat(shard.Files.Select(fold => new FoldLine(fold, Train(int.Parse(fold, CultureInfo.InvariantCulture), cancel)).Write()));
        return new(PackedText.Pack(Encoding.UTF8.GetBytes(lines)), shard.Files.Count, Errors: 0);
    }

    /// <summary>Trains a fold and gives its run to the store.</summary>
    /// <returns>The package's hash.</returns>
    private string Train(int fold, CancellationToken cancel)
    {
        var run = FoldStudy.RunFolder(folder, fold);
        FoldStudy.Train(plan, fold, run, features.Folder, TimeProvider.System, new RunObserver(), cancel);
        CheckpointFolder.DropState(run);
        var package = PackageTransfer.Store(grains, run).GetAwaiter().GetResult();
        Directory.Delete(run, recursive: true);
        return package;
    }
}
