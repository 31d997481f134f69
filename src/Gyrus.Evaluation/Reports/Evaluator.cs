using Gyrus.Evaluation.Figures;
using Gyrus.Evaluation.Scans;
using Gyrus.Evaluation.Statistics;

namespace Gyrus.Evaluation.Reports;

/// <summary>Says how good a model is on scans whose labels are known, with intervals, and whether it knew them
/// before.</summary>
public static class Evaluator
{
    /// <summary>Evaluates. The report does not depend on the order of the scans.</summary>
    /// <param name="scans">The scans, at least one.</param>
    /// <param name="trainingImages">SHA-256 of every image that the model was fitted on or chosen by, lower-case
    /// hexadecimal; empty only where the model has seen none.</param>
    /// <param name="options">How; the defaults where null.</param>
    /// <exception cref="GyrusException">There is no scan, a scan's probabilities are none, or an option is outside its
    /// range.</exception>
    /// <exception cref="ArgumentException">A scan's truth is no label, or the groups are not as many as the
    /// scans.</exception>
    public static EvaluationReport Run(
        IReadOnlyList<ScoredScan> scans, IReadOnlySet<string> trainingImages, EvaluationOptions? options = null)
    {
        options ??= new();
        options.Check();
        Check(scans, options);
        var (sorted, groups) = Sorted(scans, options.Groups);

        var labels = sorted[0].Labels;
        var sheet = new FigureSheet(new EvaluatedScans(sorted, options));
        var figures = Bootstrap.Run(groups, sheet.Count, sheet.Calculate, options.Bootstrap);
        var leaked = sorted.Where(scan => trainingImages.Contains(scan.Sha256)).Select(scan => scan.Path).ToList();

        return new(
            EvaluationReport.CurrentFormatVersion,
            scans.Count,
            scans.Select(scan => scan.Sha256).Distinct(StringComparer.Ordinal).Count(),
            new(leaked.Count, leaked),
            new(
                options.TumourThreshold,
                options.CalibrationBins,
                options.Bootstrap.Resamples,
                options.Bootstrap.Level,
                options.Bootstrap.Seed,
                groups.Distinct().Count(),
                options.AtSpecificity,
                options.AtSensitivity),
            sheet.Overall(figures),
            sheet.Tumour(figures),
            [.. labels.All.Select((label, i) => new LabelResult(label.Name, sorted.Count(scan => scan.Truth == i), sheet.Label(figures, i)))],
            sheet.Confusion())
        {
            Positive = sheet.Positive(figures) is { } positive ? new PositiveResult(labels[options.Positive!.Value].Name, positive) : null,
            Selective = sheet.Selective(figures),
            Lesions = sheet.Lesions(figures),
            Notes = EvaluationNotes.Of(sorted) is { Count: > 0 } notes ? notes : null,
        };
    }

    private static void Check(IReadOnlyList<ScoredScan> scans, EvaluationOptions options)
    {
        if (scans.Count == 0)
            throw new GyrusException("there is no scan to evaluate: name a data set or a part of one that holds some");
        if (options.Groups is { } groups && groups.Count != scans.Count)
            throw new ArgumentException($"{scans.Count} scans but {groups.Count} groups", nameof(options));

        foreach (var scan in scans) scan.Check();
        if (options.Positive >= scans[0].Labels.Count) throw new ArgumentException($"no label has the place {options.Positive}", nameof(options));
        if (scans.Any(scan => !scan.Labels.Equals(scans[0].Labels))) throw new ArgumentException("the scans have different labels", nameof(scans));
    }

    // Resamples are drawn by position: a fixed order makes the same scans give the same intervals.
    private static (ScoredScan[] Scans, int[] Groups) Sorted(
        IReadOnlyList<ScoredScan> scans, IReadOnlyList<int>? groups)
    {
        var order = Enumerable.Range(0, scans.Count)
            .OrderBy(i => scans[i].Path, StringComparer.Ordinal)
            .ThenBy(i => scans[i].Sha256, StringComparer.Ordinal)
            .ToArray();
        return ([.. order.Select(i => scans[i])], [.. order.Select(i => groups is null ? i : groups[i])]);
    }
}
