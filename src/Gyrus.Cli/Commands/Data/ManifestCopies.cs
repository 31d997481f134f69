using Gyrus.Cli.Terminal;
using Gyrus.Data;

namespace Gyrus.Cli.Commands.Data;

/// <summary>Looks for copies in a manifest and tells of images that cannot be read.</summary>
internal static class ManifestCopies
{
    public static CopyReport Find(
        Manifest manifest, string cacheFolder, ProgressLine progress, CancellationToken cancellation)
    {
        var examination = DatasetExamination.Run(manifest, cacheFolder, progress, cancellation);
        foreach (var file in examination.Unreadable)
            progress.WriteLine($"not compared with the others: {file.Reason}");
        return examination.FindCopies(progress, cancellation);
    }
}
