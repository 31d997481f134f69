using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Gyrus.Cli.Commands.Shared;
using Gyrus.Cli.Terminal;
using Gyrus.Data.Manifests;
using Gyrus.Learning.Runs;
using Gyrus.Learning.Tuning;
using Gyrus.Learning.Weights;

namespace Gyrus.Cli.Commands.Learning;

/// <summary><c>gyrus tune</c>.</summary>
internal static class TuneCommand
{
    /// <summary>A setting that gets no better for so many epochs is not worth the rest of them.</summary>
    private const int Patience = 5;

    private static readonly TuningGrid Default = new();

    public static Command Create()
    {
        var dataset = new Argument<string>("dataset") { Description = "Manifest with its parts: see gyrus data split." };
        var folder = new Option<string>("--out") { Description = "Folder for the results.", Required = true };
        var rates = List("--learning-rates", "Learning rates to try.", Default.LearningRates);
        var sizes = List("--inner-sizes", "Sizes of the head's last hidden layer to try.", Default.InnerSizes);
        var dropouts = List("--dropouts", "Dropout rates to try.", Default.Dropouts);
        var cache = CacheOption.Create();
        var format = FormatOption.Create();
        var recipe = new RecipeOptions(Patience);
        var command = new Command(
            "tune",
            "Trains the head with every setting of a grid over cached features and ranks them on validation. The test "
            + "part is not touched. Called again, it goes on where it was.")
        {
            dataset, folder, rates, sizes, dropouts, cache, format,
        };
        recipe.AddTo(command);
        command.AddExamples(
            "gyrus tune dataset.csv --out tuning",
            "gyrus tune dataset.csv --out tuning --learning-rates 0.0003 0.001 --inner-sizes 100 --dropouts 0.2 0.5");
        command.SetAction((parsed, cancellation) =>
        {
            var path = parsed.GetValue(dataset)!;
            var chosen = recipe.Read(parsed);
            if (chosen.FineTune is not null)
                throw new GyrusException("The recipe fine-tunes, and tune trains heads on a frozen backbone: give the recipe of a run without --fine-tune.");
            var plan = RunPlan.Of(chosen, Manifest.Load(path), path, new WeightStore(UserCache.Folder("weights")));
            var grid = new TuningGrid
            {
                LearningRates = parsed.GetValue(rates)!,
                InnerSizes = parsed.GetValue(sizes)!,
                Dropouts = parsed.GetValue(dropouts)!,
            };
            using var progress = new ProgressLine();
            int unusable = 0;
            var observer = new RunObserver(progress, OnUnusable: scan =>
            {
                unusable++;
                progress.WriteLine("left out: " + scan.Reason);
            });
            var record = TuningStudy.Run(
                plan, grid, parsed.GetValue(folder)!, parsed.GetValue(cache)!, TimeProvider.System, observer, cancellation);
            progress.Clear();
            Console.Out.WriteLine(parsed.GetValue(format) == OutputFormat.Json
                ? Json(record) : $"{Table(record)}\nnext: {recipe.TrainLine(parsed, path, record.Results[0].Point, cache)}");
            return Task.FromResult(unusable > 0 ? ExitCode.SomeUnreadable : ExitCode.Success);
        });
        return command;
    }

    private static Option<T[]> List<T>(string name, string description, IReadOnlyList<T> values) => new(name)
    {
        Description = description,
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [.. values],
    };

    private static string Table(TuningRecord record)
    {
        var text = new StringBuilder();
        text.AppendLine("learning rate  inner size  dropout  epoch  accuracy    loss  tumour recall");
        foreach (var (point, best, _) in record.Results)
        {
            text.AppendLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{point.LearningRate,13:0.######}  {point.InnerSize,10}  {point.Dropout,7}  {best.Epoch,5}  "
                + $"{best.Val.Accuracy,8:F4}  {best.Val.Loss,6:F4}  {best.Val.TumourRecall,13:F4}"));
        }
        text.Append(CultureInfo.InvariantCulture,
            $"{record.Results.Count} settings in {record.Seconds:F0} s, all figures on validation");
        return text.ToString();
    }

    private static string Json(TuningRecord record) => JsonSerializer.Serialize(new
    {
        seconds = record.Seconds,
        results = record.Results.Select(result => new
        {
            learningRate = result.Point.LearningRate,
            innerSize = result.Point.InnerSize,
            dropout = result.Point.Dropout,
            epoch = result.Best.Epoch,
            accuracy = result.Best.Val.Accuracy,
            loss = result.Best.Val.Loss,
            tumourRecall = result.Best.Val.TumourRecall,
        }),
    });
}
