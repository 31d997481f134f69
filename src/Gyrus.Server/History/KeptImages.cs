using Gyrus.Imaging.Decoding;

namespace Gyrus.Server.History;

/// <summary>The image files that were classified, kept by their SHA-256 where the service was told to keep them.</summary>
/// <param name="keeps">Whether it was.</param>
/// <param name="dataFolder">Where the service keeps what it keeps.</param>
internal sealed class KeptImages(bool keeps, string dataFolder) : IDisposable
{
    private const int HashLength = 64;

    private readonly SemaphoreSlim _one = new(1);
    private readonly string _folder = Path.Combine(dataFolder, "images");

    /// <summary>Keeps a file. What this returns from is on the disk.</summary>
    /// <param name="sha256">Its hash, 64 hexadecimal digits.</param>
    /// <param name="bytes">The file.</param>
    public void Keep(string sha256, byte[] bytes)
    {
        if (!keeps || File.Exists(PathOf(sha256))) return;
        AtomicFile.Write(PathOf(sha256), stream => stream.Write(bytes));
    }

    /// <summary>Writes a small file where images are kept, if they are.</summary>
    /// <exception cref="IOException">Nothing can be written there.</exception>
    public void CheckWritable()
    {
        if (keeps) AtomicFile.WriteText(Path.Combine(_folder, "writable"), "ready\n");
    }

    /// <summary>Keeps others from keeping or deleting until what is returned is disposed of: between a file and the row that tells of
    /// it the file must not go.</summary>
    public async Task<IDisposable?> Hold(CancellationToken cancellation)
    {
        if (!keeps) return null;
        await _one.WaitAsync(cancellation);
        return new Held(_one);
    }

    /// <summary>Deletes a file, if it is kept.</summary>
    public void Delete(string sha256)
    {
        if (Has(sha256)) File.Delete(PathOf(sha256));
    }

    /// <summary>The hashes of files that are kept since before a time.</summary>
    public IEnumerable<string> KeptBefore(DateTimeOffset time) => !Directory.Exists(_folder) ? []
        : new DirectoryInfo(_folder).EnumerateDirectories().SelectMany(beginning => beginning.EnumerateFiles())
            .Where(file => file.Name.Length == HashLength && file.LastWriteTimeUtc < time.UtcDateTime)
            .Select(file => file.Name);

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    /// <summary>Whether a file is kept.</summary>
    public bool Has(string sha256) => File.Exists(PathOf(sha256));

    /// <summary>A file and its media type; null where it is not kept.</summary>
    public (byte[] Bytes, string Type)? Find(string sha256)
    {
        if (!Has(sha256)) return null;
        var bytes = File.ReadAllBytes(PathOf(sha256));
        return (bytes, ImageFormats.Of(bytes)?.MediaType ?? "application/octet-stream");
    }

    // A folder for each beginning: one of a million files is slow to list.
    private string PathOf(string sha256) => Path.Combine(_folder, sha256[..2], sha256);

    private sealed class Held(SemaphoreSlim one) : IDisposable
    {
        public void Dispose() => one.Release();
    }
}
