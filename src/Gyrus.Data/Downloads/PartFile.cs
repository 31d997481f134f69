using System.Net.Http.Headers;
using System.Text.Json;

namespace Gyrus.Data.Downloads;

/// <summary>
/// The bytes of a download that have come so far, in <c>destination.part</c>, and beside them, in
/// <c>destination.part.json</c>, which version of the file they are of. Held open, so that a second process cannot
/// write the same part.
/// </summary>
internal sealed class PartFile : IDisposable
{
    private readonly string _address;
    private readonly string _versionPath;
    private readonly FileStream _stream;
    private PartVersion? _version;

    private PartFile(string address, string path, FileStream stream, PartVersion? version)
    {
        (_address, Path, _versionPath, _stream, _version) = (address, path, path + ".json", stream, version);
    }

    public string Path { get; }

    public long Length => _stream.Length;

    /// <summary>The whole file's length, where the server said it.</summary>
    public long? Whole => _version?.Length;

    /// <summary>Opens the part of an earlier run, or an empty one.</summary>
    public static PartFile Open(DownloadRequest request)
    {
        var path = System.IO.Path.GetFullPath(request.Destination) + ".part";
        return OnDisk(path, () =>
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            // Unbuffered: what was received is with the system, whatever becomes of this process.
            var stream = new FileStream(
                path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, useAsync: true);
            try
            {
                stream.Seek(0, SeekOrigin.End);
                var address = request.Address.AbsoluteUri;
                var version = PartVersion.Read(path + ".json");
                return new PartFile(address, path, stream, version?.Address == address ? version : null);
            }
            catch
            {
                stream.Dispose();
                throw;
            }
        });
    }

    /// <summary>
    /// Asks for the rest of this very version (RFC 9110, sections 13.1.5 and 14.2); false, and a request for the
    /// whole file, where there is nothing to go on with.
    /// </summary>
    public bool AskForRest(HttpRequestMessage message)
    {
        if (Length == 0 || _version?.Condition() is not { } condition) return false;
        message.Headers.Range = new RangeHeaderValue(Length, null);
        message.Headers.IfRange = condition;
        return true;
    }

    /// <summary>Drops what came before and remembers the version that comes now.</summary>
    public void StartAgain(HttpResponseMessage response)
    {
        _version = new PartVersion(
            _address,
            response.Headers.ETag is { IsWeak: false } tag ? tag.Tag : null,
            response.Content.Headers.LastModified,
            response.Content.Headers.ContentLength);
        OnDisk(Path, () =>
        {
            // Emptied first: a kill in between must not leave old bytes under the new version.
            _stream.SetLength(0);
            AtomicFile.WriteText(_versionPath, JsonSerializer.Serialize(_version));
            return 0;
        });
    }

    /// <summary>Drops what came before, so that the next try asks for the whole file.</summary>
    public void Empty() => OnDisk(Path, () =>
    {
        _stream.SetLength(0);
        return 0;
    });

    public async Task Append(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await _stream.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw DiskError(Path, e);
        }
    }

    /// <summary>Ends the writing, so that the part can be read by its path.</summary>
    public void Close() => OnDisk(Path, () =>
    {
        _stream.Flush(flushToDisk: true);
        _stream.Dispose();
        return 0;
    });

    /// <summary>Makes the closed part the destination.</summary>
    public void MoveTo(string destination) => OnDisk(destination, () =>
    {
        File.Move(Path, destination, overwrite: true);
        File.Delete(_versionPath);
        return 0;
    });

    /// <summary>Removes the part and what is known of it.</summary>
    public void Remove() => OnDisk(Path, () =>
    {
        _stream.Dispose();
        File.Delete(Path);
        File.Delete(_versionPath);
        return 0;
    });

    /// <summary>Closes the part, and leaves nothing behind where nothing came.</summary>
    public void Dispose()
    {
        bool nothing = _stream.CanWrite && Length == 0;
        _stream.Dispose();
        if (nothing) Remove();
    }

    private static T OnDisk<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DiskError(path, e);
        }
    }

    private static DownloadException DiskError(string path, Exception e) => new(
        DownloadProblem.Disk,
        $"{path} cannot be written: {e.Message} Free some space, end the other process that writes it, or choose "
        + "another folder; what has come is kept, and running again goes on from there.",
        e);
}
