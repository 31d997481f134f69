using Gyrus.Cluster.Jobs;

namespace Gyrus.Cluster.Training;

/// <summary>What a job of features has computed, as a node reads it.</summary>
/// <param name="job">The job.</param>
/// <param name="grains">The cluster.</param>
internal sealed class FeatureShards(string job, IGrainFactory grains)
{
    /// <summary>The lines, a block a shard.</summary>
    /// <exception cref="GyrusException">The job is gone, or some of its shards have no answers.</exception>
    public async IAsyncEnumerable<byte[]> Lines()
    {
        var facts = await grains.GetGrain<IJob>(job).Facts() ?? throw new GyrusException($"job {job}, whose features are needed, was removed. Begin this one again.");
        for (int shard = 0; shard < facts.Shards; shard++)
        {
            var answers = await grains.GetGrain<IShard>(shard, job).Answers()
                ?? throw new GyrusException($"shard {shard} of job {job}, whose features are needed, has none. See what job {job} says of it, and resume that job.");
            yield return PackedText.UnpackBytes(answers.Lines);
        }
    }
}
