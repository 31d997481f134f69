namespace Gyrus.Data.Audit;

/// <summary>How a data set does on one line of the score card.</summary>
public enum Verdict
{
    /// <summary>Nothing was found.</summary>
    Pass,

    /// <summary>Something was found that may matter: look at it.</summary>
    Warn,

    /// <summary>Something was found that makes figures from this set wrong: mend it.</summary>
    Fail,

    /// <summary>It could not be judged; the sentence says why.</summary>
    Unknown,
}

/// <summary>One line of the score card.</summary>
/// <param name="Finding">What is judged: one of <see cref="Findings"/>.</param>
/// <param name="Verdict">How the data set does.</param>
/// <param name="Sentence">What was found, in a sentence.</param>
/// <param name="Mend">The command that mends it; null where there is nothing to mend or no command does.</param>
public sealed record ScoreLine(string Finding, Verdict Verdict, string Sentence, string? Mend = null);
