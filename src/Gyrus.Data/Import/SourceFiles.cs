namespace Gyrus.Data.Import;

/// <summary>The files of a source, before it is asked what they are.</summary>
/// <param name="Folder">The absolute folder that they are below.</param>
/// <param name="Images">Paths below it, with forward slashes, in ordinal order.</param>
/// <param name="LeftOut">What cannot be got at, with the reason.</param>
/// <param name="Ignored">The number of files that are no images by their names.</param>
internal sealed record SourceFiles(
    string Folder, IReadOnlyList<string> Images, IReadOnlyList<UnreadableFile> LeftOut, int Ignored)
{
    /// <summary>What was found, in a few words for an error message.</summary>
    public string Describe()
    {
        const int Shown = 5;
        if (Images.Count > 0)
        {
            var examples = Images.DistinctBy(Path.GetDirectoryName).Take(Shown);
            return $"it holds {Images.Count} images, for example {string.Join(", ", examples)}";
        }
        if (LeftOut.Count > 0) return LeftOut[0].Reason.TrimEnd('.');
        return Ignored == 0 ? "it is empty" : $"it holds {Ignored} files, none with an image's extension";
    }
}
