using System.Text.Json;

namespace Gyrus.Learning.Comparison;

/// <summary>A comparison for programs.</summary>
public static class ComparisonJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
    };

    /// <summary>Writes a comparison as indented JSON. What has a value for each run has them in the order of <c>runs</c>. Ends with a line
    /// feed.</summary>
    public static string Write(RunComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        var answers = comparison.Answers;
        return JsonSerializer.Serialize(
            new
            {
                formatVersion = 1,
                runs = comparison.Runs.Select(run => new
                {
                    name = run.Name,
                    folder = run.Folder,
                    trainedAt = run.TrainedAt,
                    seconds = run.Seconds,
                    trainingImages = run.TrainingImages,
                    epochs = run.Epochs,
                    best = new
                    {
                        epoch = run.Best.Epoch,
                        loss = run.Best.Val.Loss,
                        accuracy = run.Best.Val.Accuracy,
                        tumourRecall = run.TellsTumours ? run.Best.Val.TumourRecall : (double?)null,
                    },
                }),
                recipe = comparison.Recipe.Select(row => new { member = row.Member, values = row.Values }),
                evaluation = new
                {
                    folder = answers.Evaluation,
                    tumourThreshold = answers.Threshold,
                    level = answers.Intervals.Level,
                    resamples = answers.Intervals.Resamples,
                    seed = answers.Intervals.Seed,
                    scans = answers.Scans,
                    groups = answers.Groups,
                    figures = answers.Figures.Select(figure => new { name = figure.Name, values = figure.Values, differences = figure.Differences }),
                    notes = answers.Notes,
                },
            },
            Options) + "\n";
    }
}
