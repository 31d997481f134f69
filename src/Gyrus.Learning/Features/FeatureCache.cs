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

    private readonly string _path;
    private readonly byte[] _header;
    private readonly FileStream _file;
    private readonly Dictionary<string, long> _offsets = [];
    private readonly Lock _lock = new();
    private readonly byte[] _record;
    private long _end;
    private FileStream? _writing;

    private FeatureCache(string path, FileStream file, byte[] key, int featureCount)
    {
        _path = path;
        _file = file;
        _header = [.. Magic, .. key, .. BitConverter.GetBytes(featureCount)];
        _end = _header.Length;
        FeatureCount = featureCount;
        _record = new byte[HashSize + (featureCount * sizeof(float)) + CheckSize];
    }

    /// <summary>The length of a feature vector.</summary>
    public int FeatureCount { get; }

    /// <summary>The number of images whose features are there.</summary>
    public int Count => _offsets.Count;

    /// <summary>Opens a cache file to read from it; one that is not there yet is empty.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">What the features depend on besides the image: backbone, weights, preprocessing. A file of
    /// another key is refused.</param>
    /// <param name="featureCount">The length of a feature vector.</param>
    /// <exception cref="GyrusException">The file is not a cache of this key, or cannot be opened.</exception>
    public static FeatureCache Open(string path, string key, int featureCount)
    {
        FileStream file;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GyrusException(
                $"{path}: the feature cache cannot be opened ({e.Message}). Name a folder for it that "
                + "can be written.", e);
        }
        try
        {
            var cache = new FeatureCache(path, file, SHA256.HashData(Encoding.UTF8.GetBytes(key)), featureCount);
            cache.CheckHeader();
            cache.Index();
            return cache;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Must be called before <see cref="Append"/>: makes this the one writer until it is disposed, takes in what other
    /// processes have added, and cuts off what a killed program left behind the last whole record.
    /// </summary>
    /// <exception cref="GyrusException">Another process is writing.</exception>
    public void BeginWriting()
    {
        if (_writing is not null) return;
        _writing = OutputLock.OpenFile(_path + ".lock");
        if (_file.Length < _header.Length)
        {
            _file.SetLength(0);
            RandomAccess.Write(_file.SafeFileHandle, _header, 0);
        }
        Index();
        if (_file.Length > _end) _file.SetLength(_end);
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
    /// <exception cref="InvalidOperationException"><see cref="BeginWriting"/> was not called.</exception>
    public void Append(string sha256, ReadOnlySpan<float> features)
    {
        lock (_lock)
        {
            if (_writing is null) throw new InvalidOperationException("BeginWriting comes first");
            if (_offsets.ContainsKey(sha256)) return;
            Convert.FromHexString(sha256, _record, out _, out _);
            System.Runtime.InteropServices.MemoryMarshal.AsBytes(features[..FeatureCount]).CopyTo(_record.AsSpan(HashSize));
            Check(_record).CopyTo(_record.AsSpan(_record.Length - CheckSize));
            try
            {
                RandomAccess.Write(_file.SafeFileHandle, _record, _end);
            }
            catch (IOException)
            {
                _file.SetLength(_end);
                throw;
            }
            _offsets.Add(sha256, _end);
            _end += _record.Length;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _file.Dispose();
        _writing?.Dispose();
    }

    private void CheckHeader()
    {
        if (_file.Length < _header.Length) return;
        var found = new byte[_header.Length];
        ReadFully(0, found);
        if (!found.AsSpan().SequenceEqual(_header))
        {
            throw new GyrusException(
                $"{_path}: this is not the feature cache of this backbone, its weights and this preprocessing. Remove "
                + "the file; the features will be computed again.");
        }
    }

    /// <summary>Takes in the whole records behind those that are known.</summary>
    private void Index()
    {
        for (; _end + _record.Length <= _file.Length; _end += _record.Length)
        {
            ReadFully(_end, _record);
            if (!Check(_record).SequenceEqual(_record.AsSpan(_record.Length - CheckSize))) return;
            _offsets[Convert.ToHexStringLower(_record.AsSpan(0, HashSize))] = _end;
        }
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
