using Gyrus.Learning.Tensors;

namespace Gyrus.Learning.Weights.Keras;

/// <summary>Files that make one run of bytes, of which a part is read at a time.</summary>
internal sealed class ShardedBytes
{
    private readonly (string Path, long Start, long Length)[] _shards;

    /// <summary>Takes the files in their order.</summary>
    /// <exception cref="IOException">One is missing.</exception>
    public ShardedBytes(IEnumerable<string> paths)
    {
        var shards = new List<(string, long, long)>();
        foreach (var path in paths)
        {
            long length = new FileInfo(path).Length;
            shards.Add((path, Length, length));
            Length += length;
        }
        _shards = [.. shards];
    }

    /// <summary>The length of all files together.</summary>
    public long Length { get; }

    /// <summary>Reads an array, which may go over the ends of files.</summary>
    public float[] ReadFloats(long start, int count, bool isHalf)
    {
        var bytes = new byte[(long)count * (isHalf ? 2 : 4)];
        long end = start + bytes.Length;
        foreach (var (path, shardStart, length) in _shards)
        {
            long from = Math.Max(start, shardStart);
            long to = Math.Min(end, shardStart + length);
            if (from >= to) continue;
            using var file = File.OpenRead(path);
            file.Position = from - shardStart;
            file.ReadExactly(bytes, (int)(from - start), (int)(to - from));
        }
        var values = new float[count];
        using var stream = new MemoryStream(bytes);
        FloatData.Read(stream, values, isHalf);
        return values;
    }
}
