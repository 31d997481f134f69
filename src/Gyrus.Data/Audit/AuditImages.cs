using Gyrus.Data.Examining;
using Gyrus.Data.Import;

namespace Gyrus.Data.Audit;

/// <summary>What is to be audited.</summary>
/// <param name="Images">The images.</param>
/// <param name="Unreadable">What cannot be got at, with the reason.</param>
/// <param name="Ignored">The number of files that are no images by their names.</param>
/// <param name="Place">What other commands find the images by: the source, or the folder of an unpacked zip.</param>
/// <param name="IsManifest">Whether that is a manifest.</param>
internal sealed record AuditImages(
    IReadOnlyList<SourceImage> Images,
    IReadOnlyList<UnreadableFile> Unreadable,
    int Ignored,
    string Place,
    bool IsManifest);
