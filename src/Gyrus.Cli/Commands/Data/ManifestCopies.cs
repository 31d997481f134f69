using Gyrus.Cli.Terminal;
using Gyrus.Data.Copies;
using Gyrus.Data.Examining;
using Gyrus.Data.Import;
using Gyrus.Data.Manifests;
using Gyrus.Data.Splits;

namespace Gyrus.Cli.Commands.Data;

/// <summary>The copies in a manifest, and the images that could not be compared.</summary>
/// <param name="Report">The copies among the images that can be read.</param>
/// <param name="Unreadable">The others.</param>
internal sealed record ManifestCopies(CopyReport Report, IReadOnlyList<UnreadableFile> Unreadable)
{
    private const int ShownFaults = 20;

    /// <summary>0, or that of unreadable files where some could not be compared.</summary>
    public int ExitCode => Unreadable.Count > 0 ? Terminal.ExitCode.SomeUnreadable : Terminal.ExitCode.Success;

    /// <summary>Looks for copies and tells of images that cannot be read.</summary>
    /// <exception cref="GyrusException">None can be read, so that no copy can be found.</exception>
    public static ManifestCopies Find(
        Manifest manifest, string cacheFolder, ProgressLine progress, CancellationToken cancellation)
    {
        var search = CopySearch.In(manifest, cacheFolder, progress, cancellation);
        var unreadable = search.Unreadable;
        if (unreadable.Count > 0 && unreadable.Count == manifest.Rows.Count)
        {
            throw new GyrusException(
                $"None of the {unreadable.Count} images can be read, so no copy can be found. The first: "
                + unreadable[0].Reason);
        }
        foreach (var file in unreadable.Take(ShownFaults))
            progress.WriteLine($"not compared with the others: {file.Reason}");
        if (unreadable.Count > ShownFaults)
        {
            progress.WriteLine(
                $"not compared with the others: {unreadable.Count - ShownFaults} more; --format json lists all.");
        }
        return new ManifestCopies(search.Run(progress, cancellation), unreadable);
    }

    /// <summary>The copies on both sides of a manifest's split.</summary>
    /// <param name="manifest">The manifest; copies that it does not hold, dropped ones too, are passed over.</param>
    public LeakageReport Leakage(Manifest manifest)
    {
        var used = manifest.Rows.Select(row => row.Path).ToHashSet();
        return global::Gyrus.Data.Splits.Leakage.Find(
            [.. manifest.Rows.Select(row => new PlacedImage(row.Path, row.Label, row.Split, row.Fold))],
            [.. Report.Groups.Select(group => group with { Images = [.. group.Images.Where(used.Contains)] })]);
    }
}
