using Gyrus.Evaluation.Scans;
using Gyrus.Models.Trust;

namespace Gyrus.Evaluation.TrustFitting;

/// <summary>What a person decides about trust.</summary>
/// <param name="Sensitivity">The sensitivity that the threshold is chosen for, above 0 to 1; 0.99 unless given.</param>
/// <param name="Coverage">The share of images whose conformal set is to hold their label, above 0 and below 1; 0.95 unless
/// given.</param>
/// <param name="Wrong">The share of wrong answers among those that are given, 0 to 1, for which answers are left out that the model is not sure of, a fifth
/// at most; 0.05 unless given, 1 leaves none out.</param>
public sealed record TrustOptions(double Sensitivity = 0.99, double Coverage = 0.95, double Wrong = 0.05)
{
    /// <summary>Checks the ranges.</summary>
    /// <exception cref="GyrusException">A value is outside its range.</exception>
    public void Check()
    {
        if (Sensitivity is not (> 0 and <= 1)) throw new GyrusException("The sensitivity is a share above 0, to 1.");
        if (Coverage is not (> 0 and < 1)) throw new GyrusException("The coverage is a share above 0 and below 1.");
        if (Wrong is not (>= 0 and <= 1)) throw new GyrusException("The share of wrong answers is 0 to 1.");
    }
}

/// <summary>Learns on validation images how far a network's answers can be trusted.</summary>
public static class TrustFit
{
    /// <summary>
    /// Fits temperature, threshold and conformal limits, in that order: the later ones see calibrated probabilities. Where the images are of several
    /// sources, each source weighs the same in temperature and threshold (<see cref="SourceWeights"/>), and the temperature is drawn towards 1 as
    /// far as answers on sources that it was not fitted on ask, where there are three or more; a label's conformal limit is the lowest that a source asks for.
    /// </summary>
    /// <param name="scans">Validation images with the network's own probabilities, at least one.</param>
    /// <param name="options">What is wanted.</param>
    /// <param name="groups">[N]: scans with the same number are of one group, such as copies; null where each stands for
    /// itself. The temperature is tried on groups that it was not fitted on, and drawn towards 1 where that helps.</param>
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
        var weights = SourceWeights.Of([.. scans.Select(scan => scan.Source)]);
        double fitted = TemperatureFit.Of(scans, weights);
        double power = HeldOutTemperature.Power(scans, SourceNumbers(scans) ?? groups, weights);
        double temperature = Math.Pow(fitted, power);
        List<ScoredScan> calibrated = [.. scans.Select(scan => TemperatureFit.At(scan, temperature))];
        var threshold = Threshold(calibrated, options.Sensitivity);
        return new TrustSettings(
            scans.Count,
            temperature,
            threshold,
            Conformal(calibrated, options.Coverage),
            power == 1 ? null : fitted,
            SourceWeights.Record(scans),
            scans[0].Labels.TellsTumours ? DoubtFit.Of(calibrated, threshold.Threshold, options.Wrong) : null);
    }

    private static int[]? SourceNumbers(IReadOnlyList<ScoredScan> scans)
    {
        const int least = 3;
        var pooled = SourceWeights.Pooled([.. scans.Select(scan => scan.Source)]);
        var sources = pooled.Distinct().ToList();
        return sources.Count < least ? null : [.. pooled.Select(source => sources.IndexOf(source))];
    }

    /// <summary>The highest threshold that calls at least the wanted share of the tumours so, in the mean over sources where there are several.</summary>
    private static OperatingPoint Threshold(List<ScoredScan> scans, double sensitivity)
    {
        List<ScoredScan> falling = [.. scans.Where(scan => scan.IsTumour).OrderByDescending(scan => scan.TumourProbability)];
        if (falling.Count == 0) return new OperatingPoint(0.5, null, null, null);
        double threshold = SourceWeights.Of([.. falling.Select(scan => scan.Source)]) is { } weights
            ? Reaching(falling, weights, sensitivity)
            : falling[Math.Max((int)Math.Ceiling(sensitivity * falling.Count), 1) - 1].TumourProbability;
        return new OperatingPoint(
            threshold, sensitivity,
            OverSources(falling, scan => scan.TumourProbability >= threshold), OverSources([.. scans.Where(scan => !scan.IsTumour)], scan => scan.TumourProbability < threshold));
    }

    /// <summary>The share of scans of which something holds, in the mean over sources; null without a scan.</summary>
    private static double? OverSources(List<ScoredScan> scans, Func<ScoredScan, bool> holds)
    {
        if (scans.Count == 0) return null;
        var weights = SourceWeights.Of([.. scans.Select(scan => scan.Source)]);
        double Weight(int i) => weights?[i] ?? 1;
        return Enumerable.Range(0, scans.Count).Where(i => holds(scans[i])).Sum(Weight) / Enumerable.Range(0, scans.Count).Sum(Weight);
    }

    private static double Reaching(List<ScoredScan> falling, double[] weights, double share)
    {
        double wanted = (share * weights.Sum()) - 1e-9, reached = 0;
        for (int i = 0; i < falling.Count; i++)
        {
            reached += weights[i];
            if (reached >= wanted) return falling[i].TumourProbability;
        }
        return falling[^1].TumourProbability;
    }

    /// <summary>
    /// For each label the probability that all but a share of (1 - coverage) of its own images reach, counted so that
    /// an image to come is covered with at least that chance: split conformal prediction, Vovk et al. 2005, in each
    /// label apart. A label for which no number of images would do gets no limit. Of several sources each with enough images asks for a limit of its own,
    /// those with fewer for one together, and the lowest of these and of all images together is taken: coverage then holds in each (Vovk 2012, "Conditional
    /// validity of inductive conformal predictors"; Romano et al. 2020, "With Malice Toward None", equalise it likewise).
    /// </summary>
    private static ConformalSettings Conformal(List<ScoredScan> scans, double coverage)
    {
        var labels = scans[0].Labels;
        var least = new double?[labels.Count];
        for (int label = 0; label < least.Length; label++)
        {
            if (labels.Allowed(label).Count > 1) continue;
            double? Limit(IEnumerable<ScoredScan> of) => ConformalLimit([.. of.Select(scan => (double)scan.Probabilities[label]).Order()], coverage);
            List<ScoredScan> own = [.. scans.Where(scan => scan.Truth == label)];
            var sources = own.GroupBy(scan => scan.Source).Select(source => (Limit: Limit(source), Scans: source.ToList())).ToList();
            var small = sources.Where(source => source.Limit is null).SelectMany(source => source.Scans);
            least[label] = ((double?[])[Limit(own), Limit(small), .. sources.Select(source => source.Limit)]).Min();
        }
        return new ConformalSettings(
            coverage, least, [.. Enumerable.Range(0, least.Length).Select(label => scans.Count(scan => scan.Truth == label))]);
    }

    private static double? ConformalLimit(double[] rising, double coverage)
    {
        int outside = rising.Length - (int)Math.Ceiling(coverage * (rising.Length + 1));
        return outside >= 0 ? rising[outside] : null;
    }
}
