namespace Gyrus.Cluster.Jobs;

/// <summary>How the files of a job are cut into shards: in their order, by count and by size, so that the same files are cut the same way everywhere.</summary>
/// <param name="Files">A shard is closed where it has so many files; 256 unless given.</param>
/// <param name="Bytes">A shard is closed where it reaches so many bytes; 256 MiB unless given.</param>
public sealed record ShardCut(int Files = 256, long Bytes = 256L << 20)
{
    /// <summary>Cuts. Bounded: a shard is given when its last file is known.</summary>
    /// <param name="units">What is not cut: files that belong to one answer, and their size in bytes.</param>
    public IEnumerable<IReadOnlyList<string>> Of(IEnumerable<(IReadOnlyList<string> Paths, long Size)> units)
    {
        ArgumentNullException.ThrowIfNull(units);
        var shard = new List<string>();
        long bytes = 0;
        foreach (var (paths, size) in units)
        {
            shard.AddRange(paths);
            bytes += size;
            if (shard.Count < Files && bytes < Bytes) continue;
            yield return shard;
            (shard, bytes) = ([], 0);
        }
        if (shard.Count > 0) yield return shard;
    }
}
