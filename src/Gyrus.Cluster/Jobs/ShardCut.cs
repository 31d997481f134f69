namespace Gyrus.Cluster.Jobs;

/// <summary>How the files of a job are cut into shards: in their order, by count and by size, so that the same files are cut the same way everywhere.</summary>
/// <param name="Files">The most files in a shard; 256 unless given.</param>
/// <param name="Bytes">A shard is closed where it reaches so many bytes; 256 MiB unless given.</param>
public sealed record ShardCut(int Files = 256, long Bytes = 256L << 20)
{
    /// <summary>Cuts. Bounded: a shard is given when its last file is known.</summary>
    /// <param name="files">Paths and sizes in bytes.</param>
    public IEnumerable<IReadOnlyList<string>> Of(IEnumerable<(string Path, long Size)> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var shard = new List<string>();
        long bytes = 0;
        foreach (var (path, size) in files)
        {
            shard.Add(path);
            bytes += size;
            if (shard.Count < Files && bytes < Bytes) continue;
            yield return shard;
            (shard, bytes) = ([], 0);
        }
        if (shard.Count > 0) yield return shard;
    }
}
