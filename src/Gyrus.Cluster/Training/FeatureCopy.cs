using Gyrus.Learning.Features;
using Gyrus.Learning.Runs;

namespace Gyrus.Cluster.Training;

/// <summary>Features that other nodes have computed, in a folder of this machine's that is gone after use.</summary>
internal sealed class FeatureCopy : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gyrus-features-");

    /// <summary>The folder, as a cache of features.</summary>
    public string Folder => _folder.FullName;

    /// <summary>Gets them.</summary>
    /// <param name="plan">Whose backbone computed them.</param>
    /// <param name="shards">Where they are.</param>
    /// <exception cref="GyrusException">Some are not there.</exception>
    public async Task Fetch(RunPlan plan, FeatureShards shards)
    {
        using var extractor = new FeatureExtractor(plan.Backbone, plan.Weights, plan.Preprocessing, plan.Float16);
        using var cache = extractor.OpenCache(Folder);
        cache.BeginWriting();
        await foreach (var lines in shards.Lines()) FeatureLines.Keep(lines, cache);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
