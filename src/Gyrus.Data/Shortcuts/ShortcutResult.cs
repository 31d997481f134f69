namespace Gyrus.Data.Shortcuts;

/// <summary>How well one question is answered from one source, out of fold.</summary>
/// <param name="Question">What was guessed.</param>
/// <param name="Source">What it was guessed from.</param>
/// <param name="Images">The images that were guessed.</param>
/// <param name="Groups">The groups that they are in.</param>
/// <param name="Accuracy">Share of images guessed right, 0 to 1.</param>
/// <param name="AccuracyLow">Lower end of the accuracy's 95 % interval, bootstrapped by group.</param>
/// <param name="AccuracyHigh">Upper end of that interval.</param>
/// <param name="MajorityRate">The accuracy of always guessing the most frequent answer.</param>
/// <param name="BalancedAccuracy">The mean over the answers of the share guessed right.</param>
/// <param name="BalancedChance">The balanced accuracy of guessing blindly: 1 over the number of answers.</param>
public sealed record ShortcutResult(
    ShortcutQuestion Question,
    ShortcutSource Source,
    int Images,
    int Groups,
    double Accuracy,
    double AccuracyLow,
    double AccuracyHigh,
    double MajorityRate,
    double BalancedAccuracy,
    double BalancedChance)
{
    /// <summary>Whether the interval lies above the majority rate: the answer can be read off what is not brain.</summary>
    public bool IsShortcut => AccuracyLow > MajorityRate;
}
