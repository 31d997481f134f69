namespace Gyrus.Data.Splits;

/// <summary>A label that a part or a fold has no image of.</summary>
/// <param name="Label">The label, which other places have.</param>
/// <param name="Place">The part, such as <c>test</c>, or the fold, such as <c>fold 2</c>.</param>
/// <param name="Groups">In how many groups the label is, in the whole data set; 0 where the split made no groups.</param>
public sealed record SplitGap(string Label, string Place, int Groups);
