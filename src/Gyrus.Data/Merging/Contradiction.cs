using Gyrus.Data.Copies;

namespace Gyrus.Data.Merging;

/// <summary>An image of a group of copies.</summary>
/// <param name="Path">Its path in the manifest.</param>
/// <param name="Source">The source that it is from; empty where the data set names none.</param>
/// <param name="Label">Its label.</param>
public sealed record SourcedImage(string Path, string Source, string Label);

/// <summary>Copies of one scan, of several sources, that cannot all have their labels.</summary>
/// <param name="Group">The name of the group.</param>
/// <param name="Images">The copies, in ordinal order of their paths.</param>
/// <param name="Pairs">Two copies at least that contradict each other, from two sources; without what turns the one into the other where they
/// are copies by way of others alone.</param>
public sealed record Contradiction(string Group, IReadOnlyList<SourcedImage> Images, IReadOnlyList<CopyPair> Pairs)
{
    /// <summary>Which sources call the scan what, in words: <c>a ct_stroke, b ct_tumor</c>.</summary>
    public string InWords => string.Join(", ", Images.Select(image => $"{image.Source} {image.Label}").Distinct().Order(StringComparer.Ordinal));
}
