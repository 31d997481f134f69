namespace Gyrus.Data.Splits;

/// <summary>How many images of a part have a copy in the training part, of one label.</summary>
/// <param name="Label">The label; null for the images without one.</param>
/// <param name="Part"><c>val</c> or <c>test</c>.</param>
/// <param name="Images">Images of the label in the part.</param>
/// <param name="Leaked">Those of them that have a copy in the training part.</param>
public sealed record LeakageCount(string? Label, string Part, int Images, int Leaked);
