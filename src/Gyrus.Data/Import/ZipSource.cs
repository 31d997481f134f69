using System.IO.Compression;

namespace Gyrus.Data;

/// <summary>Unpacks the images of a zip, safely.</summary>
internal static class ZipSource
{
    private const long LargestEntry = 2L << 30;

    /// <summary>
    /// Unpacks into a folder. Files that are there already with the right size are left, so that a killed import goes
    /// on.
    /// </summary>
    /// <exception cref="GyrusException">The zip is damaged, an entry climbs out of the folder or is absurdly large, or
    /// the disk has no room. Nothing is unpacked then.</exception>
    public static void Unpack(
        string zip, string folder, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        var root = Path.GetFullPath(folder);
        try
        {
            using var archive = ZipFile.OpenRead(zip);
            var files = archive.Entries.Where(entry => !entry.FullName.EndsWith('/')).ToList();
            foreach (var entry in files) Check(zip, root, entry);
            CheckSpace(zip, root, files.Sum(entry => entry.Length));
            int done = 0;
            foreach (var entry in files)
            {
                cancellation.ThrowIfCancellationRequested();
                var target = Target(root, entry);
                if (!File.Exists(target) || new FileInfo(target).Length != entry.Length) Unpack(zip, entry, target);
                progress?.Report(new WorkProgress("unpacking", ++done, files.Count));
            }
        }
        catch (InvalidDataException e)
        {
            throw new GyrusException($"{zip}: the zip is damaged ({e.Message}). Download it again.", e);
        }
    }

    private static void Unpack(string zip, ZipArchiveEntry entry, string target) => AtomicFile.Write(target, output =>
    {
        using var input = entry.Open();
        var buffer = new byte[81920];
        long written = 0;
        for (int read; (read = input.Read(buffer)) > 0;)
        {
            // The declared size was checked; data beyond it is a trap.
            written += read;
            if (written > entry.Length)
                throw new GyrusException($"{zip}: {entry.FullName} is larger than the zip says. Do not trust this file.");
            output.Write(buffer.AsSpan(0, read));
        }
    });

    private static void Check(string zip, string root, ZipArchiveEntry entry)
    {
        var name = entry.FullName;
        bool climbs = name.Contains('\\') || name.Contains(':') || name.StartsWith('/')
            || name.Split('/').Contains("..")
            || !Target(root, entry).StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        if (climbs)
        {
            throw new GyrusException(
                $"{zip}: the entry '{name}' points outside the folder that it is unpacked to. Do not trust this file.");
        }
        if (entry.Length > LargestEntry)
        {
            throw new GyrusException(
                $"{zip}: the entry '{name}' is of {entry.Length >> 20} MiB, which is no scan. Do not trust this file.");
        }
    }

    private static void CheckSpace(string zip, string root, long needed)
    {
        Directory.CreateDirectory(root);
        long free = new DriveInfo(root).AvailableFreeSpace;
        if (needed > free)
        {
            throw new GyrusException(
                $"{zip}: unpacking needs {needed >> 20} MiB, and {root} has {free >> 20} MiB free. Make room, or give "
                + "another folder with --images.");
        }
    }

    private static string Target(string root, ZipArchiveEntry entry) =>
        Path.GetFullPath(Path.Combine(root, entry.FullName));
}
