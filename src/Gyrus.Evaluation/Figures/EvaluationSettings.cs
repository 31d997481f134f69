namespace Gyrus.Evaluation.Figures;

/// <summary>How the figures of a report were made.</summary>
/// <param name="TumourThreshold">The smallest tumour probability that is called tumour.</param>
/// <param name="CalibrationBins">Bins of equal mass in the expected calibration errors.</param>
/// <param name="Resamples">Bootstrap resamples behind each interval.</param>
/// <param name="Level">The share that each interval covers.</param>
/// <param name="Seed">The seed of the resamples.</param>
/// <param name="Groups">How many groups were drawn from; as many as scans where each stands for itself.</param>
/// <param name="AtSpecificity">The specificity of <see cref="BinaryFigures.SensitivityAtSpecificity"/>.</param>
/// <param name="AtSensitivity">The sensitivity of <see cref="BinaryFigures.SpecificityAtSensitivity"/>.</param>
public sealed record EvaluationSettings(
    double TumourThreshold,
    int CalibrationBins,
    int Resamples,
    double Level,
    int Seed,
    int Groups,
    double AtSpecificity = EvaluationOptions.DefaultAt,
    double AtSensitivity = EvaluationOptions.DefaultAt);
