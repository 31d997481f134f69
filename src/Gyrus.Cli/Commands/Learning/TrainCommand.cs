using System.CommandLine;
using System.Globalization;
using Gyrus.Cli.Commands.Shared;
using Gyrus.Cli.Terminal;
using Gyrus.Data.Manifests;
using Gyrus.Learning.Native;
using Gyrus.Learning.Runs;
using Gyrus.Learning.Training;
using Gyrus.Learning.Weights;

namespace Gyrus.Cli.Commands.Learning;

/// <summary><c>gyrus train</c>.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var dataset = new Argument<string>("dataset") { Description = "Manifest with its parts: see gyrus data split." };
        var folder = new Option<string>("--out") { Description = "Folder of the run.", Required = true };
        var resume = new Option<bool>("--resume") { Description = "Go on with the run in the folder after a kill." };
        var cache = CacheOption.Create();
        var format = FormatOption.Create();
        var recipe = new RecipeOptions(new TrainingOptions().Patience);
        var fineTune = new FineTuneFlags();
        var command = new Command(
            "train",
            "Trains a classifier on a data set: a head on a frozen pretrained backbone, or all of it with --fine-tune. "
            + "The test part is not touched.")
        {
            dataset, folder, resume, cache, format,
        };
        recipe.AddTo(command);
        fineTune.AddTo(command);
        command.AddExamples(
            "gyrus train dataset.csv --out runs/first",
            "gyrus train dataset.csv --out runs/first --resume",
            "gyrus train dataset.csv --out runs/balanced --class-weights balanced --patience 5",
            "gyrus train --config runs/balanced/recipe.json dataset.csv --out runs/second --seed 2",
            "gyrus train dataset.csv --out runs/tuned --fine-tune --from-layer conv5 --learning-rate 1e-5 --epochs 5");
        command.SetAction((parsed, cancellation) =>
        {
            var path = parsed.GetValue(dataset)!;
            var chosen = fineTune.Over(parsed, recipe.Read(parsed));
            var plan = RunPlan.Of(chosen, Manifest.Load(path), path, new WeightStore(UserCache.Folder("weights")));
            using var progress = new ProgressLine();
            int unusable = 0;
            var observer = new RunObserver(
                progress,
                epoch => progress.WriteLine(Describe(epoch, plan.Training.Epochs, plan.Manifest.Labels.TellsTumours)),
                scan =>
                {
                    unusable++;
                    progress.WriteLine("left out: " + scan.Reason);
                });
            if (plan.FineTune is not null) FreedMemory.Keep();
            var record = TrainingRun.Train(
                plan, parsed.GetValue(folder)!, parsed.GetValue(resume), parsed.GetValue(cache)!, TimeProvider.System,
                observer, cancellation);
            progress.Clear();
            Console.Out.WriteLine(parsed.GetValue(format) == OutputFormat.Json
                ? Json(record, parsed.GetValue(folder)!)
                : Text(record, parsed.GetValue(folder)!));
            return Task.FromResult(unusable > 0 ? ExitCode.SomeUnreadable : ExitCode.Success);
        });
        return command;
    }

    private static string Describe(EpochRecord epoch, int epochs, bool tellsTumours)
    {
        string Part(PartFigures part) => string.Create(CultureInfo.InvariantCulture, $"loss {part.Loss:F4} accuracy {part.Accuracy:F4}")
            + (tellsTumours ? string.Create(CultureInfo.InvariantCulture, $" tumour recall {part.TumourRecall:F4}") : "");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"epoch {epoch.Epoch,3}/{epochs}  train {Part(epoch.Train)}  val {Part(epoch.Val)}  {epoch.Seconds:F1} s");
    }

    private static string Text(RunRecord record, string folder)
    {
        var recall = record.Recipe.LabelSet().TellsTumours
            ? string.Create(CultureInfo.InvariantCulture, $", tumour recall {record.Best.Val.TumourRecall:F4}") : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            {folder}: {record.History.Count} epochs in {record.Seconds:F1} s on {record.TrainingImages.Count} images
            best epoch {record.Best.Epoch}: validation accuracy {record.Best.Val.Accuracy:F4}{recall}
            next: gyrus evaluate {ShellWord.Of(folder)} {ShellWord.Of(record.Manifest)}
            """);
    }

    private static string Json(RunRecord record, string folder) => System.Text.Json.JsonSerializer.Serialize(new
    {
        run = folder,
        epochs = record.History.Count,
        seconds = record.Seconds,
        trainingImages = record.TrainingImages.Count,
        best = new
        {
            epoch = record.Best.Epoch,
            loss = record.Best.Val.Loss,
            accuracy = record.Best.Val.Accuracy,
            tumourRecall = record.Best.Val.TumourRecall,
        },
    });
}
