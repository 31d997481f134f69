namespace Gyrus.Evaluation.Statistics;

/// <summary>How intervals are made.</summary>
/// <param name="Resamples">How many resamples, at least 1; 2,000 by default.</param>
/// <param name="Level">The share that an interval covers, above 0 and below 1; 0.95 by default.</param>
/// <param name="Seed">The seed of the resamples; 0 by default.</param>
public sealed record BootstrapOptions(
    int Resamples = BootstrapOptions.DefaultResamples,
    double Level = BootstrapOptions.DefaultLevel,
    int Seed = 0)
{
    /// <summary>The resamples unless another number is given.</summary>
    public const int DefaultResamples = 2000;

    /// <summary>The level unless another is given.</summary>
    public const double DefaultLevel = 0.95;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="GyrusException">A value is outside its range.</exception>
    public void Check()
    {
        if (Resamples < 1) throw new GyrusException($"{Resamples} resamples: give at least 1");
        if (!(Level is > 0 and < 1))
        {
            throw new GyrusException(FormattableString.Invariant(
                $"interval level {Level}: give a share above 0 and below 1, such as 0.95"));
        }
    }
}
