using System.Text.Json.Serialization;
using Gyrus.Data.Examining;

namespace Gyrus.Data.Audit;

/// <summary>What another data set says of the same scans.</summary>
/// <param name="Source">The other set, as it was named.</param>
/// <param name="Images">How many of its images can be read.</param>
/// <param name="Copies">Images of the audited set that are copies of images of the other.</param>
/// <param name="Labels">Such copies by their labels here and there, the most frequent first.</param>
/// <param name="Contradictions">Those of them whose labels cannot both be true, one pair an image of the audited set.</param>
public sealed record AgainstReport(
    string Source, int Images, IReadOnlyList<string> Copies, IReadOnlyList<LabelsMet> Labels, IReadOnlyList<Contradiction> Contradictions)
{
    /// <summary>The images of the other set.</summary>
    [JsonIgnore]
    internal IReadOnlyList<ExaminedImage> Examined { get; init; } = [];
}

/// <summary>How often a label here meets a label there on one scan.</summary>
/// <param name="Here">The label in the audited set.</param>
/// <param name="There">The label in the other.</param>
/// <param name="Images">Images of the audited set.</param>
/// <param name="Contradict">Whether both cannot be true.</param>
public sealed record LabelsMet(string Here, string There, int Images, bool Contradict);

/// <summary>An image and its copy in another set, under labels that cannot both be true.</summary>
/// <param name="Path">The image.</param>
/// <param name="Label">Its label.</param>
/// <param name="Other">The other set's image, as it stands there.</param>
/// <param name="OtherLabel">Its label.</param>
/// <param name="Similarity">How alike their pixels are once the one is laid over the other; null where they are copies by way of others.</param>
/// <param name="Change">What turns the one into the other, in words.</param>
public sealed record Contradiction(string Path, string Label, string Other, string OtherLabel, double? Similarity, string Change);
