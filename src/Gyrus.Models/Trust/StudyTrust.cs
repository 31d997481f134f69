namespace Gyrus.Models.Trust;

/// <summary>What was learnt on patients kept from training about the answer to a series of slices, and to all series of a study.</summary>
/// <param name="Series">Of series.</param>
/// <param name="Study">Of studies.</param>
public sealed record StudyTrust(PooledTrust Series, PooledTrust Study);

/// <summary>How pooled log-odds (<see cref="SeriesPooling"/>) become a probability.</summary>
/// <param name="Tumours">Series or studies with a tumour that it was learnt on.</param>
/// <param name="Healthy">Those without one.</param>
/// <param name="Slope">What pooled log-odds are multiplied by, above 0: Platt 1999, "Probabilistic Outputs for Support Vector Machines".</param>
/// <param name="Intercept">What is added then.</param>
public sealed record PooledTrust(int Tumours, int Healthy, double Slope, double Intercept)
{
    /// <summary>The probability from which a tumour is called: tumours and healthy weighed the same when it was learnt, so that half is the line at which both
    /// errors together are fewest.</summary>
    public const double Threshold = 0.5;

    /// <summary>Of which nothing was learnt: log-odds as they are.</summary>
    public static PooledTrust None { get; } = new(0, 0, 1, 0);

    /// <summary>The log-odds of a tumour, where one in two has one.</summary>
    /// <param name="pooled">Pooled log-odds.</param>
    public double LogOdds(double pooled) => (Slope * pooled) + Intercept;

    /// <summary>Their probability.</summary>
    /// <param name="pooled">Pooled log-odds.</param>
    public double Probability(double pooled) => 1 / (1 + Math.Exp(-LogOdds(pooled)));
}
