using Gyrus.Evaluation.Scans;
using Gyrus.Evaluation.Statistics;
using Gyrus.Models.Trust;

namespace Gyrus.Evaluation.TrustFitting;

/// <summary>What a person decides about trust.</summary>
/// <param name="Sensitivity">The sensitivity that the threshold is chosen for, above 0 to 1; 0.99 unless given.</param>
/// <param name="Coverage">The share of images whose conformal set is to hold their label, above 0 and below 1; 0.95 unless
/// given.</param>
public sealed record TrustOptions(double Sensitivity = 0.99, double Coverage = 0.95)
{
    /// <summary>Checks the ranges.</summary>
    /// <exception cref="GyrusException">A value is outside its range.</exception>
    public void Check()
    {
        if (Sensitivity is not (> 0 and <= 1)) throw new GyrusException("The sensitivity is a share above 0, to 1.");
        if (Coverage is not (> 0 and < 1)) throw new GyrusException("The coverage is a share above 0 and below 1.");
    }
}

/// <summary>Learns on validation images how far a network's answers can be trusted.</summary>
public static class TrustFit
{
    /// <summary>Fits temperature, threshold and conformal limits, in that order: the later ones see calibrated
    /// probabilities.</summary>
    /// <param name="scans">Validation images with the network's own probabilities, at least one.</param>
    /// <param name="options">What is wanted.</param>
    /// <param name="groups">[N]: scans with the same number are of one group, such as copies; null where each stands for
    /// itself. The temperature is tried on groups that it was not fitted on, and left out where it does not help.</param>
    /// <exception cref="GyrusException">There is no scan, a scan's probabilities are none, or an option is outside its
    /// range.</exception>
    public static TrustSettings Run(
        IReadOnlyList<ScoredScan> scans, TrustOptions options, IReadOnlyList<int>? groups = null)
    {
        ArgumentNullException.ThrowIfNull(scans);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        if (scans.Count == 0)
            throw new GyrusException("No validation image is there to calibrate on: split the data with a validation part.");
        foreach (var scan in scans) scan.Check();
        double fitted = TemperatureFit.Of(scans);
        bool helps = HeldOutTemperature.Helps(scans, groups);
        double temperature = helps ? fitted : 1;
        List<ScoredScan> calibrated = [.. scans.Select(scan => TemperatureFit.At(scan, temperature))];
        return new TrustSettings(
            scans.Count,
            temperature,
            Threshold(calibrated, options.Sensitivity),
            Conformal(calibrated, options.Coverage),
            helps ? null : fitted);
    }

    /// <summary>The highest threshold that calls at least the wanted share of the tumours so.</summary>
    private static OperatingPoint Threshold(List<ScoredScan> scans, double sensitivity)
    {
        double[] scores = [.. scans.Select(scan => scan.TumourProbability)];
        bool[] tumours = [.. scans.Select(scan => scan.IsTumour)];
        double[] falling = [.. scores.Where((_, i) => tumours[i]).OrderDescending()];
        if (falling.Length == 0) return new OperatingPoint(0.5, null, null, null);
        int wanted = Math.Max((int)Math.Ceiling(sensitivity * falling.Length), 1);
        double threshold = falling[wanted - 1];
        var counts = BinaryCounts.At(scores, tumours, threshold);
        return new OperatingPoint(threshold, sensitivity, counts.Sensitivity, counts.Specificity);
    }

    /// <summary>
    /// For each label the probability that all but a share of (1 - coverage) of its own images reach, counted so that
    /// an image to come is covered with at least that chance: split conformal prediction, Vovk et al. 2005, in each
    /// label apart. A label for which no number of images would do gets no limit.
    /// </summary>
    private static ConformalSettings Conformal(List<ScoredScan> scans, double coverage)
    {
        var labels = scans[0].Labels;
        var least = new double?[labels.Count];
        for (int label = 0; label < least.Length; label++)
        {
            double[] rising =
                [.. scans.Where(scan => scan.Truth == label).Select(scan => (double)scan.Probabilities[label]).Order()];
            int outside = rising.Length - (int)Math.Ceiling(coverage * (rising.Length + 1));
            if (outside >= 0 && labels.Allowed(label).Count == 1) least[label] = rising[outside];
        }
        return new ConformalSettings(
            coverage, least, [.. Enumerable.Range(0, least.Length).Select(label => scans.Count(scan => scan.Truth == label))]);
    }
}
