using System.CommandLine;
using Gyrus.Cli.Commands.Shared;
using Gyrus.Cli.Terminal;
using Gyrus.Learning.Runs;
using Gyrus.Learning.Tuning;

namespace Gyrus.Cli.Commands.Learning;

/// <summary><c>gyrus tune</c>.</summary>
internal static class TuneCommand
{
    public static Command Create()
    {
        var dataset = new Argument<string>("dataset") { Description = "Manifest with its parts: see gyrus data split." };
        var folder = new Option<string>("--out") { Description = "Folder for the results.", Required = true };
        var grid = new GridOptions();
        var cache = CacheOption.Create();
        var format = FormatOption.Create();
        var recipe = new RecipeOptions(GridOptions.Patience);
        var command = new Command(
            "tune",
            "Trains the head with every setting of a grid over cached features and ranks them on validation. The test "
            + "part is not touched. Called again, it goes on where it was.")
        {
            dataset, folder, cache, format,
        };
        grid.AddTo(command);
        recipe.AddTo(command);
        command.AddExamples(
            "gyrus tune dataset.csv --out tuning",
            "gyrus tune dataset.csv --out tuning --learning-rates 0.0003 0.001 --inner-sizes 100 --dropouts 0.2 0.5");
        command.SetAction((parsed, cancellation) =>
        {
            var path = parsed.GetValue(dataset)!;
            var plan = GridOptions.Plan(recipe.Read(parsed), path);
            using var progress = new ProgressLine();
            int unusable = 0;
            var observer = new RunObserver(progress, OnUnusable: scan =>
            {
                unusable++;
                progress.WriteLine("left out: " + scan.Reason);
            });
            var record = TuningStudy.Run(
                plan, grid.Read(parsed), parsed.GetValue(folder)!, parsed.GetValue(cache)!, TimeProvider.System, observer, cancellation);
            progress.Clear();
            Console.Out.WriteLine(parsed.GetValue(format) == OutputFormat.Json
                ? TuningText.Json(record) : $"{TuningText.Table(record)}\nnext: {recipe.TrainLine(parsed, path, record.Results[0].Point, cache)}");
            return Task.FromResult(unusable > 0 ? ExitCode.SomeUnreadable : ExitCode.Success);
        });
        return command;
    }
}
