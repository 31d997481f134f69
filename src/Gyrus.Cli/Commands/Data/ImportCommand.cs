using System.CommandLine;
using System.Text.Json;
using Gyrus.Cli.Terminal;
using Gyrus.Data;

namespace Gyrus.Cli.Commands.Data;

/// <summary><c>gyrus data import</c>.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var source = new Argument<string>("source")
        {
            Description = "A zip, a folder, or a CSV file with the columns path,label,split.",
        };
        var manifest = new Option<string>("--out") { Description = "The manifest to write.", Required = true };
        var images = new Option<string?>("--images")
        {
            Description = "Where a zip is unpacked; a folder beside the manifest, named after it, if not given.",
        };
        var format = FormatOption.Create();
        var command = new Command(
            "import",
            "Makes a manifest of a data set: path, SHA-256, label, part, size and colour mode of every image. "
            + FolderLayout.Known + ".")
        {
            source, manifest, images, format,
        };
        command.AddExamples(
            "gyrus data import archive.zip --out dataset.csv",
            "gyrus data import scans/ --out dataset.csv",
            "gyrus data import published-split.csv --out dataset.csv --format json");
        command.SetAction((parsed, cancellation) =>
        {
            var path = parsed.GetValue(manifest)!;
            using var progress = new ProgressLine();
            var result = DatasetImport.Run(
                parsed.GetValue(source)!, path, parsed.GetValue(images) ?? Path.ChangeExtension(path, null) + "-images",
                progress, cancellation);
            result.Manifest.Save(path);
            progress.Clear();
            foreach (var file in result.Unreadable) Console.Error.WriteLine("left out: " + file.Reason);
            if (parsed.GetValue(format) == OutputFormat.Json)
            {
                Console.Out.WriteLine(JsonSerializer.Serialize(new
                {
                    manifest = path,
                    images = result.Manifest.Rows.Count,
                    distinct = result.Manifest.Rows.DistinctBy(row => row.Sha256).Count(),
                    ignored = result.Ignored,
                    unreadable = result.Unreadable.Select(file => new { path = file.Path, error = file.Reason }),
                    counts = SplitTable.Counts(result.Manifest),
                }));
            }
            else
            {
                Console.Out.WriteLine(SplitTable.Render(result.Manifest));
                Console.Out.WriteLine(
                    $"{path}: {result.Manifest.Rows.Count} images, {result.Unreadable.Count} unreadable, "
                    + $"{result.Ignored} other files ignored");
            }
            return Task.FromResult(result.Unreadable.Count > 0 ? ExitCode.SomeUnreadable : ExitCode.Success);
        });
        return command;
    }
}
