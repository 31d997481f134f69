using System.Security.Cryptography;
using Gyrus.Data.Import;
using Gyrus.Data.Manifests;
using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.Encoders;
using Gyrus.Imaging.HeadRegion;

namespace Gyrus.Data.Scrubbing;

/// <summary>Writes copies of images that hold nothing but the head.</summary>
public static class DatasetScrub
{
    /// <summary>The name of the copies' manifest.</summary>
    public const string ManifestName = "dataset.csv";

    /// <summary>
    /// Writes each image of a source as a PNG without metadata and black outside the head, in the same layout. The
    /// head's pixels are those of the decoded image, to the bit (of 16-bit samples the upper 8 bits). Each file is
    /// written whole or not at all, so a stopped scrub is simply run again.
    /// </summary>
    /// <param name="source">A manifest, a CSV file with the columns <c>path,label</c>, a folder, or an image.</param>
    /// <param name="folder">Where the copies go; a manifest's go with a manifest of their own.</param>
    /// <param name="progress">Told of each image.</param>
    /// <param name="cancellation">Stops the work; the copies that are written stay.</param>
    /// <exception cref="GyrusException">The source cannot be listed, none of its images can be read, the folder is the
    /// source's own or mixes with it or is written by another process, or a copy cannot be written.</exception>
    public static ScrubReport Run(
        string source, string folder, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        var from = ScrubSource.Open(source);
        var to = Path.GetFullPath(folder);
        CheckApart(source, from, to);
        using var alone = Write(to, () => OutputLock.TakeFolder(to));
        var targets = ScrubTargets.Of(from.Folder, [.. from.Images.Select(image => image.FullPath)]);
        var results = new (ScrubbedImage Image, ManifestRow? Row)?[from.Images.Count];
        var faults = new string?[from.Images.Count];
        int done = 0;
        try
        {
            Parallel.For(0, results.Length, new ParallelOptions { CancellationToken = cancellation }, i =>
            {
                try
                {
                    results[i] = Scrub(from, i, to, targets[i]);
                }
                catch (Exception e) when (ImageFault.IsOfOneImage(e))
                {
                    faults[i] = ImageFault.Message(from.Images[i].FullPath, e);
                }
                progress?.Report(new WorkProgress("images", Interlocked.Increment(ref done), results.Length));
            });
        }
        catch (AggregateException e) when (e.InnerExceptions.OfType<GyrusException>().FirstOrDefault() is { } fault)
        {
            throw new GyrusException(fault.Message, fault);
        }
        var unreadable = Enumerable.Range(0, faults.Length).Where(i => faults[i] is not null)
            .Select(i => new UnreadableFile(from.Images[i].Name, faults[i]!)).ToList();
        if (unreadable.Count == results.Length)
            throw new GyrusException($"{source}: none of its images can be read. The first: {unreadable[0].Reason}");
        var written = results.Where(result => result is not null).Select(result => result!.Value).ToList();
        return new ScrubReport(
            [.. written.Select(result => result.Image)],
            [.. from.LeftOut, .. unreadable],
            from.Manifest is null ? null : SaveManifest(to, from.Manifest, written.Select(result => result.Row!)));
    }

    private static void CheckApart(string source, ScrubSource from, string to)
    {
        bool into = from.Images.Any(image => ScrubSource.IsBelow(image.FullPath, to));
        bool below = Directory.Exists(source) && ScrubSource.IsBelow(to + Path.DirectorySeparatorChar, from.Folder);
        if (into || below)
        {
            throw new GyrusException(
                $"{to}: the copies would lie among the images that they are made from. Give a folder apart from "
                + $"{source}.");
        }
    }

    private static (ScrubbedImage, ManifestRow?) Scrub(ScrubSource from, int i, string to, string target)
    {
        var (name, path) = from.Images[i];
        var scan = ScanDecoder.Read(path);
        var head = HeadFinder.Find(scan);
        var blanked = head is null ? scan : HeadBlanking.Apply(scan, head);
        var bytes = PngEncoder.Encode(blanked);
        var copy = Path.Combine(to, target);
        Write(copy, () => AtomicFile.Write(copy, stream => stream.Write(bytes)));
        var row = from.Manifest is null ? null : from.Manifest.Rows[i] with
        {
            Path = target,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)),
            Width = scan.Width,
            Height = scan.Height,
            Mode = PngEncoder.IsGrey(blanked.Rgb) ? "L" : "RGB",
        };
        bool left = head is not null && LeftWriting.Is(scan, head, blanked);
        return (new ScrubbedImage(name, target, head is not null, left), row);
    }

    private static void Write(string path, Action write) => Write(path, () =>
    {
        write();
        return path;
    });

    private static T Write<T>(string path, Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GyrusException($"{path}: cannot be written ({e.Message}). Make room or give another folder.", e);
        }
    }

    /// <summary>Labels' meanings and further columns are those of the source; a copy is of its scan's size, so that masks lie on it as they did.</summary>
    private static string SaveManifest(string folder, Manifest source, IEnumerable<ManifestRow> rows)
    {
        var path = Path.Combine(folder, ManifestName);
        var copies = source with { Folder = folder, Rows = [.. rows.Select(row => source.WithMaskFrom(row, folder))], Dropped = [] };
        Write(path, () => copies.Save(path));
        return path;
    }
}
