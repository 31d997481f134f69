namespace Gyrus.Data;

/// <summary>The files of a source, before it is asked what they are.</summary>
/// <param name="Folder">The absolute folder that they are below.</param>
/// <param name="Images">Paths below it, with forward slashes, in ordinal order.</param>
/// <param name="LeftOut">What cannot be got at, with the reason.</param>
/// <param name="Ignored">The number of files that are no images by their names.</param>
internal sealed record SourceFiles(
    string Folder, IReadOnlyList<string> Images, IReadOnlyList<UnreadableFile> LeftOut, int Ignored);
