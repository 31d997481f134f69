using System.CommandLine;
using System.Text.Json;
using Gyrus.Cli.Terminal;
using Gyrus.Data.Scrubbing;

namespace Gyrus.Cli.Commands.Data;

/// <summary><c>gyrus data scrub</c>.</summary>
internal static class ScrubCommand
{
    private const int Shown = 20;

    public static Command Create()
    {
        var source = new Argument<string>("source")
        {
            Description = "A manifest, a CSV file with the columns path,label, a folder, or an image.",
        };
        var folder = new Option<string>("--out")
        {
            Description = "The folder for the copies, apart from the images.",
            HelpName = "DIR",
            Required = true,
        };
        var format = FormatOption.Create();
        var command = new Command(
            "scrub",
            "Writes copies as PNG without any metadata and black outside the head, and loses no pixel of the head. Where no "
            + $"head is found the image is written whole. File names stay. Exit code {ExitCode.SomeUnreadable} where an "
            + "image could not be read or a copy needs a look: written whole, or with writing that runs into the head.")
        {
            source, folder, format,
        };
        command.AddExamples(
            "gyrus data scrub dataset.csv --out scrubbed",
            "gyrus data scrub scans/ --out /data/scrubbed --format json");
        command.SetAction((parsed, cancellation) =>
        {
            using var progress = new ProgressLine();
            var to = parsed.GetValue(folder)!;
            var report = DatasetScrub.Run(parsed.GetValue(source)!, to, progress, cancellation);
            progress.Clear();
            if (parsed.GetValue(format) == OutputFormat.Json) PrintJson(to, report);
            else PrintTable(to, report);
            bool clean = report.Unreadable.Count == 0 && !report.Images.Any(image => image.NeedsALook);
            return Task.FromResult(clean ? ExitCode.Success : ExitCode.SomeUnreadable);
        });
        return command;
    }

    private static void PrintJson(string folder, ScrubReport report) =>
        Console.Out.WriteLine(JsonSerializer.Serialize(new
        {
            folder,
            manifest = report.Manifest,
            images = report.Images.Count,
            noHead = report.Images.Where(image => !image.HeadFound).Select(Pair),
            writingLeft = report.Images.Where(image => image.WritingLeft).Select(Pair),
            unreadable = report.Unreadable.Select(file => new { path = file.Path, error = file.Reason }),
        }));

    private static object Pair(ScrubbedImage image) => new { path = image.Source, copy = image.Target };

    private static void PrintTable(string folder, ScrubReport report)
    {
        List("not read", report.Unreadable.Select(file => file.Reason));
        List("no head found, written whole; look at it", Copies(image => !image.HeadFound));
        List("writing runs into the head, part of it is left; look at it", Copies(image => image.WritingLeft));
        Console.Out.WriteLine(
            $"{folder}: {report.Images.Count} images written, {report.Images.Count(image => image.NeedsALook)} of them to be "
            + $"looked at, {report.Unreadable.Count} not read");
        if (report.Manifest is { } manifest) Console.Out.WriteLine(manifest);

        IEnumerable<string> Copies(Func<ScrubbedImage, bool> condition) =>
            report.Images.Where(condition).Select(image => Path.Combine(folder, image.Target));
    }

    private static void List(string what, IEnumerable<string> files)
    {
        var all = files.ToList();
        foreach (var file in all.Take(Shown)) Console.Error.WriteLine($"{what}: {file}");
        if (all.Count > Shown) Console.Error.WriteLine($"{what}: {all.Count - Shown} more; --format json lists all.");
    }
}
