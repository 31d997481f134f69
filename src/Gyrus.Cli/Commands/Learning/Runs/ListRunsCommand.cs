using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Gyrus.Cli.Terminal;
using Gyrus.Learning.Comparison;
using Gyrus.Learning.Runs;

namespace Gyrus.Cli.Commands.Learning.Runs;

/// <summary><c>gyrus runs list</c>.</summary>
internal static class ListRunsCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("folder") { Description = "The folder that the runs are in; those below it are found too." };
        var format = FormatOption.Create();
        var command = new Command("list", "Lists the runs of a folder that have ended, the newest first.") { folder, format };
        command.AddExamples("gyrus runs list runs", "gyrus runs list runs --format json");
        command.SetAction(parsed =>
        {
            var found = RunList.Of(parsed.GetValue(folder)!);
            var runs = found.Where(run => run.Record is not null).Select(run => (run.Folder, Record: run.Record!)).ToList();
            foreach (var run in found.Where(run => run.Record is null)) Console.Error.WriteLine("left out: " + run.Fault);
            if (parsed.GetValue(format) == OutputFormat.Json)
                Console.Out.WriteLine(JsonSerializer.Serialize(runs.Select(run => Json(run.Folder, run.Record))));
            else
                Print([["run", "ended (UTC)", "backbone", "labels", "epoch", "validation loss", "accuracy", "tumour recall"], .. runs.Select(run => Row(run.Folder, run.Record))]);
            return runs.Count == found.Count ? ExitCode.Success : ExitCode.SomeUnreadable;
        });
        return command;
    }

    private static string Backbone(RunRecord record) => record.Recipe.Backbone + (record.Recipe.FineTune is null ? "" : ", fine-tuned");

    private static string[] Row(string folder, RunRecord record)
    {
        var (labels, val) = (record.Recipe.LabelSet(), record.Best.Val);
        return
        [
            folder,
            record.TrainedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
            Backbone(record),
            labels.Count.ToString(CultureInfo.InvariantCulture),
            record.Best.Epoch.ToString(CultureInfo.InvariantCulture),
            val.Loss.ToString("F4", CultureInfo.InvariantCulture),
            val.Accuracy.ToString("F4", CultureInfo.InvariantCulture),
            labels.TellsTumours ? val.TumourRecall.ToString("F4", CultureInfo.InvariantCulture) : "-",
        ];
    }

    private static object Json(string folder, RunRecord record) => new
    {
        run = folder,
        trainedAt = record.TrainedAt,
        backbone = record.Recipe.Backbone,
        fineTuned = record.Recipe.FineTune is not null,
        labels = record.Recipe.LabelSet().Names,
        best = new
        {
            epoch = record.Best.Epoch,
            loss = record.Best.Val.Loss,
            accuracy = record.Best.Val.Accuracy,
            tumourRecall = record.Recipe.LabelSet().TellsTumours ? record.Best.Val.TumourRecall : (double?)null,
        },
    };

    private static void Print(IReadOnlyList<string[]> rows)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        foreach (var row in rows)
        {
            Console.Out.WriteLine(string.Join("  ", row.Select((cell, column) =>
                column <= 2 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd());
        }
    }
}
