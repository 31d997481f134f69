using System.Security.Cryptography;
using System.Text;

namespace Gyrus.Learning.Features;

/// <summary>
/// Pooled features on disk, by the SHA-256 of the image file that they were computed from. One file, only ever
/// appended to: a header and then records of equal size, each with a check of its own, so that a killed program
/// loses at most the record that it was writing. Any number of readers, one writer.
/// </summary>
public sealed class FeatureCache : IDisposable
{
    private const int HashSize = 32;
    private const int CheckSize = 8;
    private static readonly byte[] Magic = Encoding.ASCII.GetBytes("GYRUSFT1");

    private readonly FileStream _file;
    private readonly Dictionary<string, long> _offsets = [];
    private readonly Lock _lock = new();
    private readonly byte[] _record;

    private FeatureCache(FileStream file, int featureCount)
    {
        _file = file;
        FeatureCount = featureCount;
        _record = new byte[HashSize + (featureCount * sizeof(float)) + CheckSize];
    }

    /// <summary>The length of a feature vector.</summary>
    public int FeatureCount { get; }

    /// <summary>The number of images whose features are there.</summary>
    public int Count => _offsets.Count;

    /// <summary>Opens a cache file, or makes it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">What the features depend on besides the image: backbone, weights, preprocessing. A file of
    /// another key is refused.</param>
    /// <param name="featureCount">The length of a feature vector.</param>
    /// <exception cref="GyrusException">Another process writes to the file, or it is not a cache of this key.</exception>
    public static FeatureCache Open(string path, string key, int featureCount)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        }
        catch (IOException e)
        {
            throw new GyrusException(
                $"{path}: the feature cache cannot be opened for writing. Is another gyrus computing features? "
                + "Wait for it to end, or give another cache folder.", e);
        }
        try
        {
            var cache = new FeatureCache(file, featureCount);
            cache.ReadHeader(path, SHA256.HashData(Encoding.UTF8.GetBytes(key)));
            cache.ReadRecords();
            return cache;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Whether the features of an image are there.</summary>
    /// <param name="sha256">The image file's hash, 64 hexadecimal digits.</param>
    public bool Contains(string sha256)
    {
        lock (_lock) return _offsets.ContainsKey(sha256);
    }

    /// <summary>Reads the features of an image.</summary>
    /// <param name="sha256">The image file's hash.</param>
    /// <param name="features">Takes them, [FeatureCount].</param>
    /// <exception cref="KeyNotFoundException">They are not there.</exception>
    public void Read(string sha256, Span<float> features)
    {
        long offset;
        lock (_lock) offset = _offsets[sha256];
        var bytes = System.Runtime.InteropServices.MemoryMarshal.AsBytes(features[..FeatureCount]);
        ReadFully(offset + HashSize, bytes);
    }

    /// <summary>Adds the features of an image; those of an image that is there already are left as they are.</summary>
    /// <param name="sha256">The image file's hash.</param>
    /// <param name="features">[FeatureCount].</param>
    /// <exception cref="IOException">The disk is full; what was there before is not harmed.</exception>
    public void Append(string sha256, ReadOnlySpan<float> features)
    {
        lock (_lock)
        {
            if (_offsets.ContainsKey(sha256)) return;
            Convert.FromHexString(sha256, _record, out _, out _);
            System.Runtime.InteropServices.MemoryMarshal.AsBytes(features[..FeatureCount]).CopyTo(_record.AsSpan(HashSize));
            Check(_record).CopyTo(_record.AsSpan(_record.Length - CheckSize));
            long offset = _file.Length;
            try
            {
                RandomAccess.Write(_file.SafeFileHandle, _record, offset);
            }
            catch (IOException)
            {
                _file.SetLength(offset);
                throw;
            }
            _offsets.Add(sha256, offset);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void ReadHeader(string path, byte[] key)
    {
        byte[] wanted = [.. Magic, .. key, .. BitConverter.GetBytes(FeatureCount)];
        if (_file.Length < wanted.Length)
        {
            _file.SetLength(0);
            RandomAccess.Write(_file.SafeFileHandle, wanted, 0);
            return;
        }
        var found = new byte[wanted.Length];
        ReadFully(0, found);
        if (!found.AsSpan().SequenceEqual(wanted))
        {
            throw new GyrusException(
                $"{path}: this is not the feature cache of this backbone, its weights and this preprocessing. "
                + "Remove the file; the features will be computed again.");
        }
    }

    /// <summary>Indexes the whole records and cuts off what a killed program left behind them.</summary>
    private void ReadRecords()
    {
        long header = Magic.Length + HashSize + sizeof(int);
        long end = header;
        for (long offset = header; offset + _record.Length <= _file.Length; offset += _record.Length)
        {
            ReadFully(offset, _record);
            if (!Check(_record).SequenceEqual(_record.AsSpan(_record.Length - CheckSize))) break;
            _offsets[Convert.ToHexStringLower(_record.AsSpan(0, HashSize))] = offset;
            end = offset + _record.Length;
        }
        if (_file.Length > end) _file.SetLength(end);
    }

    private static ReadOnlySpan<byte> Check(ReadOnlySpan<byte> record) =>
        SHA256.HashData(record[..^CheckSize]).AsSpan(0, CheckSize);

    private void ReadFully(long offset, Span<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            int read = RandomAccess.Read(_file.SafeFileHandle, bytes, offset);
            if (read == 0) throw new EndOfStreamException("the feature cache ends early");
            bytes = bytes[read..];
            offset += read;
        }
    }
}
