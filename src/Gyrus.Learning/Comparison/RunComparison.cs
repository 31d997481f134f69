using Gyrus.Learning.Training;

namespace Gyrus.Learning.Comparison;

/// <summary>How a run went, in a line.</summary>
/// <param name="Name">What the run is called.</param>
/// <param name="Folder">Its folder.</param>
/// <param name="TrainedAt">When training ended, UTC.</param>
/// <param name="Seconds">Time that the epochs took together.</param>
/// <param name="TrainingImages">How many images the weights were fitted on.</param>
/// <param name="Epochs">How many epochs were trained.</param>
/// <param name="Best">The epoch that was kept.</param>
/// <param name="TellsTumours">Whether the labels tell tumours, so that recall of tumour means something.</param>
public sealed record RunCourse(
    string Name, string Folder, DateTimeOffset TrainedAt, double Seconds, int TrainingImages, int Epochs, EpochRecord Best, bool TellsTumours);

/// <summary>Runs side by side: what was chosen, how training went, how good they are.</summary>
/// <param name="Runs">[R]: how each went.</param>
/// <param name="Recipe">What was chosen: the members that differ, or all.</param>
/// <param name="Answers">Their evaluations.</param>
public sealed record RunComparison(IReadOnlyList<RunCourse> Runs, IReadOnlyList<RecipeRow> Recipe, AnswerComparison Answers)
{
    /// <summary>Compares runs.</summary>
    /// <param name="runs">[R], the one that the others are compared with first.</param>
    /// <param name="all">Whether members of the recipe that are the same everywhere are wanted too.</param>
    /// <param name="answers">Their evaluations.</param>
    public static RunComparison Of(IReadOnlyList<ComparedRun> runs, bool all, AnswerComparison answers)
    {
        ArgumentNullException.ThrowIfNull(runs);
        return new(
            [.. runs.Select(run => new RunCourse(
                run.Name, run.Folder, run.Record.TrainedAt, run.Record.Seconds, run.Record.TrainingImages.Count, run.Record.History.Count,
                run.Record.Best, run.Record.Recipe.LabelSet().TellsTumours))],
            RecipeRows.Of([.. runs.Select(run => run.Record)], all),
            answers);
    }
}
