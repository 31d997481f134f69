
namespace Gyrus.Learning.Tuning;

/// <summary>One setting of the head and its optimiser.</summary>
/// <param name="LearningRate">Adam's step size.</param>
/// <param name="InnerSize">Units of the last hidden layer.</param>
/// <param name="Dropout">Share of its values dropped in training.</param>
public sealed record TuningPoint(double LearningRate, int InnerSize, double Dropout);

/// <summary>The values to try; each with each. The defaults are those of the published sweeps.</summary>
public sealed record TuningGrid
{
    /// <summary>Learning rates; 1e-4, 1e-3, 1e-2, 1e-1 unless given.</summary>
    public IReadOnlyList<double> LearningRates { get; init; } = [1e-4, 1e-3, 1e-2, 1e-1];

    /// <summary>Sizes of the last hidden layer; 10, 100, 1000 unless given.</summary>
    public IReadOnlyList<int> InnerSizes { get; init; } = [10, 100, 1000];

    /// <summary>Dropout rates; 0, 0.2, 0.5, 0.8 unless given.</summary>
    public IReadOnlyList<double> Dropouts { get; init; } = [0, 0.2, 0.5, 0.8];

    /// <summary>All settings, in the order of the lists.</summary>
    /// <exception cref="GyrusException">A list is empty.</exception>
    public IReadOnlyList<TuningPoint> Points()
    {
        if (LearningRates.Count == 0 || InnerSizes.Count == 0 || Dropouts.Count == 0)
            throw new GyrusException("The grid has nothing to try: give at least one value of each.");
        return
        [
            .. from rate in LearningRates
               from size in InnerSizes
               from dropout in Dropouts
               select new TuningPoint(rate, size, dropout),
        ];
    }
}
