namespace Gyrus.Learning.Training;

/// <summary>Where training is.</summary>
/// <param name="History">The epochs that have ended.</param>
/// <param name="Best">The best of them; null where none has ended.</param>
/// <param name="Step">Steps of the present epoch that are done.</param>
/// <param name="Tally">Sums over them.</param>
/// <param name="Seconds">Time that the present epoch took before the last checkpoint.</param>
internal sealed record TrainingState(
    IReadOnlyList<EpochRecord> History, EpochRecord? Best, int Step, PartTally Tally, double Seconds)
{
    public static TrainingState Start { get; } = new([], null, 0, PartTally.Empty, 0);
}
