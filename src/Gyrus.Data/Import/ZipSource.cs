using System.IO.Compression;
using System.IO.Hashing;

namespace Gyrus.Data.Import;

/// <summary>Unpacks the images of a zip, safely.</summary>
internal static class ZipSource
{
    private const int BufferSize = 1 << 16;

    /// <summary>Whether a file begins as a zip does.</summary>
    public static bool IsZip(string path)
    {
        Span<byte> start = stackalloc byte[4];
        using var file = File.OpenRead(path);
        return file.ReadAtLeast(start, 4, throwOnEndOfStream: false) == 4
            && (start.SequenceEqual("PK\x3\x4"u8) || start.SequenceEqual("PK\x5\x6"u8));
    }

    /// <summary>
    /// Unpacks the images into a folder. Those that are there already, by size and checksum, are left, so that a killed
    /// import goes on and files of another zip are replaced. An entry that is damaged is left out with the reason.
    /// </summary>
    /// <exception cref="GyrusException">The zip is damaged as a whole or made to do harm, and nothing is unpacked; or
    /// the disk is full; or another process unpacks into the folder.</exception>
    public static SourceFiles Unpack(
        string zip, string folder, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        var root = Path.GetFullPath(folder);
        try
        {
            using var archive = ZipFile.OpenRead(zip);
            var files = archive.Entries.Where(entry => !entry.FullName.EndsWith('/')).ToList();
            ZipCheck.Entries(zip, root, files);
            using var alone = OutputLock.TakeFolder(root);
            var images = files.Where(entry => (FolderLayout.IsImageName(entry.FullName) || FolderLayout.IsVolumeName(entry.FullName))).ToList();
            var leftOut = UnpackMissing(zip, root, images, progress, cancellation);
            return new SourceFiles(
                root,
                [.. images.Select(entry => entry.FullName).Where(name => !leftOut.ContainsKey(name))
                    .Order(StringComparer.Ordinal)],
                [.. leftOut.OrderBy(fault => fault.Key, StringComparer.Ordinal)
                    .Select(fault => new UnreadableFile(fault.Key, $"{zip}: the entry '{fault.Key}' {fault.Value}"))],
                files.Count - images.Count);
        }
        catch (InvalidDataException e)
        {
            throw new GyrusException($"{zip}: the zip is damaged ({e.Message}). Download it again.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GyrusException(
                $"{zip}: cannot be unpacked to {root} ({e.Message}). Mend that, or give the images another folder, "
                + "then run again: what is unpacked is kept.",
                e);
        }
    }

    /// <summary>Unpacks what is not there yet; gives the names of damaged entries and what is wrong with them.</summary>
    private static Dictionary<string, string> UnpackMissing(
        string zip,
        string root,
        List<ZipArchiveEntry> images,
        IProgress<WorkProgress>? progress,
        CancellationToken cancellation)
    {
        var buffer = new byte[BufferSize];
        var missing = images.Where(entry =>
        {
            cancellation.ThrowIfCancellationRequested();
            return !IsThere(entry, Target(root, entry), buffer);
        }).ToList();
        CheckSpace(zip, root, missing.Sum(entry => entry.Length));
        var faults = new Dictionary<string, string>();
        int done = images.Count - missing.Count;
        foreach (var entry in missing)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Unpack(entry, Target(root, entry), buffer) is { } fault) faults.Add(entry.FullName, fault);
            progress?.Report(new WorkProgress("unpacking", ++done, images.Count));
        }
        return faults;
    }

    private static bool IsThere(ZipArchiveEntry entry, string path, byte[] buffer)
    {
        var file = new FileInfo(path);
        if (!file.Exists || file.Length != entry.Length) return false;
        using var input = file.OpenRead();
        var crc = new Crc32(); // ZIP File Format Specification 4.4.7
        for (int read; (read = input.Read(buffer)) > 0;) crc.Append(buffer.AsSpan(0, read));
        return crc.GetCurrentHashAsUInt32() == entry.Crc32;
    }

    private static void CheckSpace(string zip, string root, long needed)
    {
        Directory.CreateDirectory(root);
        long free = new DriveInfo(root).AvailableFreeSpace;
        if (needed > free)
        {
            throw new GyrusException(
                $"{zip}: unpacking needs {needed >> 20} MiB more, and {root} has {free >> 20} MiB free. Make room, or "
                + "give the images another folder.");
        }
    }

    /// <summary>Unpacks one entry; null where it is whole, else what is wrong with it.</summary>
    private static string? Unpack(ZipArchiveEntry entry, string target, byte[] buffer)
    {
        if (entry.IsEncrypted) return "is encrypted; unpack the zip with its password, then import the folder.";
        // Not AtomicFile, which waits for the disk at each of thousands of files: the checksum finds what a power cut
        // damaged.
        var part = target + ".part";
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        try
        {
            if (!Copy(entry, part, buffer)) return "is damaged: it is not what its checksum says. Download the zip again.";
            File.Move(part, target, overwrite: true);
            return null;
        }
        catch (InvalidDataException e)
        {
            return $"is damaged ({e.Message}). Download the zip again.";
        }
        finally
        {
            File.Delete(part);
        }
    }

    private static bool Copy(ZipArchiveEntry entry, string path, byte[] buffer)
    {
        using var input = entry.Open();
        using var output = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var crc = new Crc32(); // ZIP File Format Specification 4.4.7
        long written = 0;
        for (int read; (read = input.Read(buffer)) > 0;)
        {
            // The declared size was checked; data beyond it may have no end.
            written += read;
            if (written > entry.Length) return false;
            crc.Append(buffer.AsSpan(0, read));
            output.Write(buffer.AsSpan(0, read));
        }
        return written == entry.Length && crc.GetCurrentHashAsUInt32() == entry.Crc32;
    }

    private static string Target(string root, ZipArchiveEntry entry) =>
        Path.GetFullPath(Path.Combine(root, entry.FullName));
}
