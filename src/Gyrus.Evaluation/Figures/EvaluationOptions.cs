using Gyrus.Evaluation.Statistics;

namespace Gyrus.Evaluation.Figures;

/// <summary>How an evaluation is made.</summary>
public sealed record EvaluationOptions
{
    /// <summary>The threshold unless another is given.</summary>
    public const double DefaultTumourThreshold = 0.5;

    /// <summary>The bins unless another number is given.</summary>
    public const int DefaultCalibrationBins = 15;

    /// <summary>The specificity, and the sensitivity, at which the other is told unless another is given.</summary>
    public const double DefaultAt = 0.95;

    /// <summary>The smallest tumour probability that is called tumour, 0 to 1; 0.5 by default.</summary>
    public double TumourThreshold { get; init; } = DefaultTumourThreshold;

    /// <summary>Bins of the expected calibration errors, at least 1; 15 by default.</summary>
    public int CalibrationBins { get; init; } = DefaultCalibrationBins;

    /// <summary>How intervals are made; 2,000 resamples, 95 % and seed 0 by default.</summary>
    public BootstrapOptions Bootstrap { get; init; } = new();

    /// <summary>[N]: scans with the same number are drawn together in a resample, such as those of one patient; null,
    /// the default, where each scan stands for itself.</summary>
    public IReadOnlyList<int>? Groups { get; init; }

    /// <summary>The specificity at which <see cref="BinaryFigures.SensitivityAtSpecificity"/> is told, 0 to 1; 0.95 by default.</summary>
    public double AtSpecificity { get; init; } = DefaultAt;

    /// <summary>The sensitivity at which <see cref="BinaryFigures.SpecificityAtSensitivity"/> is told, 0 to 1; 0.95 by default.</summary>
    public double AtSensitivity { get; init; } = DefaultAt;

    /// <summary>The place of a label that is to be told from the others with the figures of two kinds, whether or not it is a tumour; null, the
    /// default, for none.</summary>
    public int? Positive { get; init; }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="GyrusException">A value is outside its range.</exception>
    public void Check()
    {
        if (!(TumourThreshold is >= 0 and <= 1))
        {
            throw new GyrusException(FormattableString.Invariant(
                $"tumour threshold {TumourThreshold}: give a probability from 0 to 1"));
        }
        Share("specificity", AtSpecificity);
        Share("sensitivity", AtSensitivity);
        if (CalibrationBins < 1) throw new GyrusException($"{CalibrationBins} calibration bins: give at least 1");
        Bootstrap.Check();
    }

    private static void Share(string name, double value)
    {
        if (!(value is >= 0 and <= 1)) throw new GyrusException(FormattableString.Invariant($"{name} {value}: give a share from 0 to 1"));
    }
}
