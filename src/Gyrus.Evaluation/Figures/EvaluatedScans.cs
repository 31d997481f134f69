using Gyrus.Evaluation.Scans;
using Gyrus.Imaging.Labels;

namespace Gyrus.Evaluation.Figures;

/// <summary>What figures over all labels are measured on.</summary>
/// <param name="Scans">[N], at least one.</param>
/// <param name="Options">How.</param>
public sealed record EvaluatedScans(IReadOnlyList<ScoredScan> Scans, EvaluationOptions Options)
{
    /// <summary>The labels, of the model and of the data.</summary>
    public LabelSet Labels => Scans[0].Labels;

    /// <summary>[N]: the places of the known labels.</summary>
    public int[] Truths() => [.. Scans.Select(scan => scan.Truth)];

    /// <summary>[N]: the places of the most probable labels.</summary>
    public int[] Answers() => [.. Scans.Select(scan => scan.Answer())];
}

/// <summary>What the figures of one label are measured on.</summary>
/// <param name="All">The scans.</param>
/// <param name="Label">The label's place.</param>
public sealed record LabelScans(EvaluatedScans All, int Label);

/// <summary>What figures of one kind of scans against the others are measured on, as of tumours against the healthy.</summary>
/// <param name="Scores">[N]: the probability that a scan is of the kind.</param>
/// <param name="Positives">[N]: whether it is.</param>
/// <param name="Threshold">The smallest probability that is called so.</param>
/// <param name="Options">How.</param>
public sealed record BinaryScans(double[] Scores, bool[] Positives, double Threshold, EvaluationOptions Options)
{
    /// <summary>Tumours against the healthy.</summary>
    public static BinaryScans Tumours(EvaluatedScans scans)
    {
        ArgumentNullException.ThrowIfNull(scans);
        return new BinaryScans(
            [.. scans.Scans.Select(scan => scan.TumourProbability)], [.. scans.Scans.Select(scan => scan.IsTumour)],
            scans.Options.TumourThreshold, scans.Options);
    }

    /// <summary>The kind that a reader looks for: a label if one is asked for, and tumours if not; null where labels do not tell them.</summary>
    public static BinaryScans? Asked(EvaluatedScans scans, string? label)
    {
        ArgumentNullException.ThrowIfNull(scans);
        return label is not null ? Of(scans, scans.Labels.IndexOf(label)) : scans.Labels.TellsTumours ? Tumours(scans) : null;
    }

    /// <summary>One label against the others.</summary>
    public static BinaryScans Of(EvaluatedScans scans, int label)
    {
        ArgumentNullException.ThrowIfNull(scans);
        return new BinaryScans(
            [.. scans.Scans.Select(scan => (double)scan.Probabilities[label])], [.. scans.Scans.Select(scan => scan.Truth == label)],
            scans.Options.TumourThreshold, scans.Options);
    }
}
