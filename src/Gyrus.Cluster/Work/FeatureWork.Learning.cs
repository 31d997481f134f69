using System.Text;
using Gyrus.Cluster.Jobs;
using Gyrus.Cluster.Training;
using Gyrus.Data.Manifests;
using Gyrus.Learning.Features;
using Gyrus.Learning.Runs;

namespace Gyrus.Cluster.Work;

/// <summary>Computes the features of images with a frozen backbone: the same bits on any node, since each image has one thread.</summary>
internal sealed class FeatureWork : IJobWork
{
    private readonly RunPlan _plan;
    private readonly Dictionary<string, ManifestRow> _rows;
    private readonly FeatureExtractor _extractor;

    public FeatureWork(RunPlan plan)
    {
        _plan = plan;
        _rows = plan.Manifest.Rows.ToDictionary(row => row.Path);
        _extractor = new FeatureExtractor(plan.Backbone, plan.Weights, plan.Preprocessing, plan.Float16);
    }

    public IEnumerable<(OpenShard Shard, ShardAnswers Answers)> Answer(IEnumerable<OpenShard> shards, CancellationToken cancel) => shards.Select(shard => (shard, Answer(shard, cancel)));

    public void Dispose() => _extractor.Dispose();

    private ShardAnswers Answer(OpenShard shard, CancellationToken cancel)
    {
        using var copy = new FeatureCopy();
        using var cache = _extractor.OpenCache(copy.Folder);
        List<ManifestRow> rows = [.. shard.Files.Select(file => _rows[file])];
        var faults = _extractor.Run(_plan.Manifest with { Rows = rows }, cache, progress: null, cancel).ToDictionary(scan => scan.Row.Path, scan => scan.Reason);
        var lines = new StringBuilder();
        var features = new float[cache.FeatureCount];
        foreach (var row in rows)
        {
            if (!faults.ContainsKey(row.Path)) cache.Read(row.Sha256, features);
            lines.Append((faults.TryGetValue(row.Path, out var reason) ? new FeatureLine(row.Path, row.Sha256, Features: null, reason)
                : new FeatureLine(row.Path, row.Sha256, FeatureLine.Bytes(features), Error: null)).Write());
        }
        return new(PackedText.Pack(Encoding.UTF8.GetBytes(lines.ToString())), rows.Count, faults.Count);
    }
}
