using Gyrus.Imaging;

namespace Gyrus.Learning;

/// <summary>
/// A reliability diagram: how often a tumour was there against how probable the model called it (Niculescu-Mizil and
/// Caruana, "Predicting good probabilities with supervised learning", ICML 2005).
/// </summary>
public static class ReliabilityPlot
{
    private static readonly Stroke s_calibrated = new(Palette.Grey, 1, "4 4");
    private static readonly Stroke s_bins = new(Palette.Blue, 2);
    private static readonly Stroke s_interval = new(Palette.SkyBlue, 2);

    /// <summary>Draws the tumour probability's diagram as SVG, in the bins of its expected calibration error.</summary>
    /// <param name="scans">The scans.</param>
    /// <param name="bins">Bins of equal mass, at least 1.</param>
    public static string Render(
        IReadOnlyList<ScoredScan> scans, int bins = EvaluationOptions.DefaultCalibrationBins)
    {
        var calibration = new Calibration(
            [.. scans.Select(scan => ScanLabel.TumourProbability(scan.Probabilities))],
            [.. scans.Select(scan => ScanLabel.All[scan.Truth].IsTumour)]);
        var filled = calibration.Bins(bins);

        var canvas = new SvgCanvas(760, 560, "Reliability of the tumour probability");
        canvas.Text(300, 28, "Reliability of the tumour probability", 16, TextAnchor.Middle, bold: true);
        var chart = new Chart(
            canvas, 70, 46, 460, 460,
            Axis.Share("mean tumour probability of the bin"),
            Axis.Share("share of scans with a tumour"));
        chart.Curve([(0, 0), (1, 1)], s_calibrated);
        foreach (var bin in filled)
        {
            var (low, high) = WilsonInterval(bin.Observed, bin.Count);
            chart.Curve([(bin.Confidence, low), (bin.Confidence, high)], s_interval);
        }
        chart.Curve(filled.Select(bin => (bin.Confidence, bin.Observed)), s_bins);
        foreach (var bin in filled) canvas.Circle(chart.X(bin.Confidence), chart.Y(bin.Observed), 4, s_bins.Colour);

        Legend.Draw(canvas, 546, 46, 190, "",
        [
            new(s_bins, FormattableString.Invariant($"{filled.Count} bins of equal mass")),
            new(s_interval, "95 % of each bin"),
            new(s_calibrated, "calibrated"),
        ]);
        string error = calibration.ExpectedError(bins) is { } ece ? FormattableString.Invariant($"{ece:0.0000}") : "-";
        canvas.Text(546, 138, $"calibration error (ECE) {error}");
        canvas.Text(546, 160, FormattableString.Invariant($"{scans.Count:N0} scans"));
        return canvas.ToSvg();
    }

    // Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22, 1927; 95 %.
    private static (double Low, double High) WilsonInterval(double share, int count)
    {
        const double z = 1.959964;
        double scale = 1 + z * z / count;
        double centre = (share + z * z / (2 * count)) / scale;
        double half = z * Math.Sqrt(share * (1 - share) / count + z * z / (4.0 * count * count)) / scale;
        return (Math.Max(0, centre - half), Math.Min(1, centre + half));
    }
}
