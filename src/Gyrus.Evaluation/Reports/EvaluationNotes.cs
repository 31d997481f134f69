using System.Globalization;
using Gyrus.Evaluation.Scans;

namespace Gyrus.Evaluation.Reports;

/// <summary>What a reader must know of the scans to read an evaluation's figures right.</summary>
internal static class EvaluationNotes
{
    private const string Healthy = "healthy";
    private const string Tumour = "tumour";

    /// <summary>A sentence or two each; none where nothing is out of the ordinary.</summary>
    /// <param name="scans">The scans, at least one.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<ScoredScan> scans)
    {
        var notes = new List<string>();
        var labels = scans[0].Labels;
        string[] missing = [.. labels.All.Where((_, label) => scans.All(scan => scan.Truth != label)).Select(label => label.Name)];
        if (missing.Length > 0) notes.Add($"No scan is of {string.Join(", ", missing)}: nothing is said of how the model does on them.");
        if (!labels.TellsTumours)
        {
            notes.Add("The labels do not part tumours from the healthy: there are no figures of tumours.");
            return notes;
        }
        if (Lacking(scans) is { } kind)
        {
            notes.Add(kind == Healthy
                ? "No scan is healthy: specificity and AUROC are not defined, and a model that calls everything a tumour would be right each time."
                : "No scan shows a tumour: sensitivity and AUROC are not defined, and a model that calls everything healthy would be right each time.");
            return notes;
        }
        foreach (var fold in scans.Where(scan => scan.Fold is not null).GroupBy(scan => scan.Fold!.Value).OrderBy(fold => fold.Key))
        {
            if (Lacking([.. fold]) is not { } lacking) continue;
            notes.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"Fold {fold.Key} has no {(lacking == Healthy ? "healthy scan" : "scan with a tumour")}: AUROC ranks its scans against "
                + $"those of other folds, which other runs answered."));
        }
        return notes;
    }

    private static string? Lacking(IReadOnlyList<ScoredScan> scans)
    {
        int tumours = scans.Count(scan => scan.IsTumour);
        return tumours == scans.Count ? Healthy : tumours == 0 ? Tumour : null;
    }
}
