namespace Gyrus.Data.Shortcuts;

/// <summary>How well labels can be guessed from what is not brain, and from how the head was imaged.</summary>
/// <param name="Folds">The number of folds of the cross-validation.</param>
/// <param name="Results">A result for each question that the images can answer and each source. A question is left out
/// where fewer than two answers have enough groups.</param>
public sealed record ShortcutReport(int Folds, IReadOnlyList<ShortcutResult> Results)
{
    /// <summary>The results of what sees no brain.</summary>
    internal IReadOnlyList<ShortcutResult> WithoutBrain => [.. Results.Where(result => result.Source != ShortcutSource.Acquisition)];

    /// <summary>The results of what sees how the head was imaged.</summary>
    internal IReadOnlyList<ShortcutResult> FromAcquisition => [.. Results.Where(result => result.Source == ShortcutSource.Acquisition)];

    /// <summary>The result for a question and a source; null where the question was left out.</summary>
    public ShortcutResult? Find(ShortcutQuestion question, ShortcutSource source) =>
        Results.FirstOrDefault(result => result.Question == question && result.Source == source);
}
