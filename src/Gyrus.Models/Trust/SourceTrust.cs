namespace Gyrus.Models.Trust;

/// <summary>How trust was learnt on validation images of several sources, so that the largest does not decide for all.</summary>
/// <param name="Temperature">As <paramref name="Threshold"/>.</param>
/// <param name="Threshold"><see cref="SourceWeighted"/>: each source weighs the same, however many images it has, and those of few as one together.</param>
/// <param name="Sets"><see cref="WorstSource"/>: a label's limit is the lowest that a source asks for, so that sets cover in each.</param>
/// <param name="Sources">The sources.</param>
public sealed record SourceTrust(string Temperature, string Threshold, string Sets, IReadOnlyList<SourceImages> Sources)
{
    /// <summary>Each source weighs the same.</summary>
    public const string SourceWeighted = "source-weighted";

    /// <summary>What the worst source asks for holds for all.</summary>
    public const string WorstSource = "worst-source";
}

/// <summary>A source of validation images.</summary>
/// <param name="Source">Its name; empty for images whose source is not named.</param>
/// <param name="Images">How many are of it.</param>
public sealed record SourceImages(string Source, int Images);
