using Gyrus.Data.Plots;
using Gyrus.Evaluation.Figures;
using Gyrus.Evaluation.Scans;
using Gyrus.Evaluation.Statistics;
using OxyPlot;
using OxyPlot.Axes;

namespace Gyrus.Evaluation.Plots;

/// <summary>
/// A reliability diagram: how often a tumour was there against how probable the model called it (Niculescu-Mizil and
/// Caruana, "Predicting good probabilities with supervised learning", ICML 2005).
/// </summary>
public static class ReliabilityPlot
{
    /// <summary>Draws the tumour probability's diagram as SVG, in the bins of its expected calibration error.</summary>
    /// <param name="scans">The scans.</param>
    /// <param name="bins">Bins of equal mass, at least 1.</param>
    public static string Render(
        IReadOnlyList<ScoredScan> scans, int bins = EvaluationOptions.DefaultCalibrationBins)
    {
        var calibration = new Calibration(
            [.. scans.Select(scan => scan.TumourProbability)],
            [.. scans.Select(scan => scan.IsTumour)]);
        var filled = calibration.Bins(bins);
        string error = calibration.ExpectedError(bins) is { } ece ? FormattableString.Invariant($"{ece:0.0000}") : "-";

        var model = PlotPage.New("Reliability of the tumour probability");
        model.Subtitle = FormattableString.Invariant($"calibration error (ECE) {error}, {scans.Count:N0} scans");
        model.SubtitleFontSize = 12;
        model.Axes.Add(PlotPage.ShareAxis(AxisPosition.Bottom, "mean tumour probability of the bin"));
        model.Axes.Add(PlotPage.ShareAxis(AxisPosition.Left, "share of scans with a tumour"));
        model.Series.Add(PlotPage.Curve("calibrated", [(0, 0), (1, 1)], Palette.Grey, Palette.Dashed, 1));
        for (int i = 0; i < filled.Count; i++)
        {
            var (low, high) = WilsonInterval.Of(filled[i].Observed, filled[i].Count);
            var x = filled[i].Confidence;
            model.Series.Add(PlotPage.Curve(i == 0 ? "95 % of each bin" : null, [(x, low), (x, high)], Palette.SkyBlue));
        }
        var curve = PlotPage.Curve(
            FormattableString.Invariant($"{filled.Count} bins of equal mass"),
            filled.Select(bin => (bin.Confidence, bin.Observed)),
            Palette.Blue);
        (curve.MarkerType, curve.MarkerSize, curve.MarkerFill) = (MarkerType.Circle, 4, Palette.Blue);
        model.Series.Add(curve);
        return PlotPage.ToSvg(model, 740, 540);
    }
}
