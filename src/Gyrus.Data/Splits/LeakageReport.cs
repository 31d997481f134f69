namespace Gyrus.Data.Splits;

/// <summary>Copies on both sides of a split.</summary>
/// <param name="Paths">Images in the validation or test part that have a copy in the training part, in ordinal
/// order.</param>
/// <param name="Counts">The same, counted by label and part.</param>
/// <param name="TestInVal">Images in the test part that have a copy in the validation part, on which choices are
/// made.</param>
/// <param name="AcrossFolds">Images that have a copy in another fold.</param>
public sealed record LeakageReport(
    IReadOnlyList<string> Paths,
    IReadOnlyList<LeakageCount> Counts,
    IReadOnlyList<string> TestInVal,
    IReadOnlyList<string> AcrossFolds)
{
    /// <summary>Whether there is any.</summary>
    public bool IsAny => Paths.Count + TestInVal.Count + AcrossFolds.Count > 0;
}
