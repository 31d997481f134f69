using Gyrus.Data.Import;

namespace Gyrus.Data.Scrubbing;

/// <summary>What a scrub gave.</summary>
/// <param name="Images">The images that were written, in the source's order.</param>
/// <param name="Unreadable">Those that were not, with the reason.</param>
/// <param name="Manifest">The path of the copies' manifest; null where the source was no manifest.</param>
public sealed record ScrubReport(
    IReadOnlyList<ScrubbedImage> Images, IReadOnlyList<UnreadableFile> Unreadable, string? Manifest);
