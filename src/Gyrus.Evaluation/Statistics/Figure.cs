namespace Gyrus.Evaluation.Statistics;

/// <summary>A measured figure and how far it could be off.</summary>
/// <param name="Value">The figure over all scans; null where it is not defined, such as recall without a
/// positive.</param>
/// <param name="Low">The interval's lower end; null where <see cref="Value"/> is, or where no resample defines
/// it.</param>
/// <param name="High">The interval's upper end; null where <see cref="Low"/> is.</param>
public sealed record Figure(double? Value, double? Low, double? High);
