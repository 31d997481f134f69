namespace Gyrus.Data.Audit;

/// <summary>How many images of a label are in each part.</summary>
/// <param name="Label">The label; null for the images without one.</param>
/// <param name="Train">Images in the training part.</param>
/// <param name="Val">Images in the validation part.</param>
/// <param name="Test">Images in the test part.</param>
/// <param name="Unplaced">Images in no part.</param>
/// <param name="Copies">Images, of whatever part, that are copies of another one.</param>
/// <param name="Text">Images with writing or drawing outside the head.</param>
public sealed record LabelCount(string? Label, int Train, int Val, int Test, int Unplaced, int Copies, int Text)
{
    /// <summary>Images in all.</summary>
    public int Images => Train + Val + Test + Unplaced;
}

/// <summary>How many images are of a kind.</summary>
/// <param name="Name">The kind.</param>
/// <param name="Images">Their number.</param>
public sealed record NameCount(string Name, int Images);

/// <summary>How many images are of a size.</summary>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
/// <param name="Images">Their number.</param>
public sealed record SizeCount(int Width, int Height, int Images);

/// <summary>What a data set holds, counted; the most frequent first, labels in their own order.</summary>
/// <param name="Labels">By label and part.</param>
/// <param name="Modalities">By modality, as the labels imply it; empty where no label is known.</param>
/// <param name="Formats">By the format found in the content.</param>
/// <param name="Modes">By colour mode.</param>
/// <param name="Sizes">By size.</param>
public sealed record AuditCounts(
    IReadOnlyList<LabelCount> Labels,
    IReadOnlyList<NameCount> Modalities,
    IReadOnlyList<NameCount> Formats,
    IReadOnlyList<NameCount> Modes,
    IReadOnlyList<SizeCount> Sizes);
