using System.CommandLine;
using System.Text.Json;
using Gyrus.Cli.Terminal;
using Gyrus.Data.Import;
using Gyrus.Imaging.Labels;

namespace Gyrus.Cli.Commands.Data;

/// <summary><c>gyrus data import</c>.</summary>
internal static class ImportCommand
{
    private const int ShownFaults = 20;

    public static Command Create()
    {
        var source = new Argument<string>("source")
        {
            Description = "A zip, a folder, or a CSV file with the columns path,label,split and any others, which are kept: of source, patient, "
                + "sequence, plane and mask (an image of the lesion, a path as path is) Gyrus knows what they mean. Of DICOM and NIfTI files their attributes fill them in, patient by a hash.",
        };
        var manifest = new Option<string>("--out") { Description = "The manifest to write.", Required = true };
        var images = new Option<string?>("--images")
        {
            Description = "Where a zip is unpacked, and slices of volumes are written; a folder beside the manifest, named after it, if not given.",
        };
        var every = new Option<double?>("--every")
        {
            Description = "Of DICOM series and NIfTI volumes: millimetres from one slice that is taken to the next, at least; all slices if not given.",
            HelpName = "MM",
        };
        var healthy = new Option<string[]>("--healthy")
        {
            Description = "The labels that mean healthy, parted by commas; told by their names (no, notumor, normal, healthy …) if not given. All others "
                + "then mean a tumour.",
            HelpName = "LABEL",
        };
        var modality = new Option<Modality?>("--modality")
        {
            Description = "The modality of labels that do not begin with one (ct_, mri_): ct or mri.",
        }.TakeNames();
        var rename = new Option<string[]>("--rename")
        {
            Description = "New names of labels, such as \"no tumor=healthy,menin=meningioma\"; several may get one name.",
            HelpName = "OLD=NEW",
        };
        var format = FormatOption.Create();
        var command = new Command(
            "import",
            "Makes a manifest of a data set: path, SHA-256, label, part, size and colour mode of every image. "
            + FolderLayout.Known + ".")
        {
            source, manifest, images, every, healthy, modality, rename, format,
        };
        command.AddExamples(
            "gyrus data import archive.zip --out dataset.csv",
            "gyrus data import scans/ --out dataset.csv",
            "gyrus data import brain/ --out brain.csv --modality mri --healthy notumor",
            "gyrus data import studies/ --out studies.csv --modality mri --every 5",
            "gyrus data import published-split.csv --out dataset.csv --format json");
        command.SetAction((parsed, cancellation) =>
        {
            var path = parsed.GetValue(manifest)!;
            if (parsed.GetValue(every) is { } distance && !(distance > 0)) throw new GyrusException("--every is of millimetres, above 0.");
            using var progress = new ProgressLine();
            var result = DatasetImport.Run(
                parsed.GetValue(source)!, path, parsed.GetValue(images) ?? Path.ChangeExtension(path, null) + "-images",
                progress, cancellation,
                new ImportLabels(
                    parsed.GetValue(healthy) is { Length: > 0 } names ? [.. names.SelectMany(value => value.Split(','))] : null,
                    parsed.GetValue(modality),
                    NamePairs.Read("--rename", parsed.GetValue(rename)!)),
                parsed.GetValue(every));
            result.Manifest.Save(path);
            progress.Clear();
            Report(result.Unreadable);
            foreach (var mask in result.MissingMasks.Take(ShownFaults)) Console.Error.WriteLine($"no such mask, left empty: {mask}");
            if (result.MissingMasks.Count > ShownFaults)
                Console.Error.WriteLine($"no such mask, left empty: {result.MissingMasks.Count - ShownFaults} more; --format json lists all.");
            if (parsed.GetValue(format) == OutputFormat.Json)
            {
                Console.Out.WriteLine(JsonSerializer.Serialize(new
                {
                    manifest = path,
                    images = result.Manifest.Rows.Count,
                    distinct = result.Manifest.Rows.DistinctBy(row => row.Sha256).Count(),
                    ignored = result.Ignored,
                    unreadable = result.Unreadable.Select(file => new { path = file.Path, error = file.Reason }),
                    missingMasks = result.MissingMasks,
                    counts = SplitTable.Counts(result.Manifest),
                    labels = result.Manifest.Labels.All.Select(label => new
                    {
                        name = label.Name,
                        modality = label.Modality?.ToString().ToLowerInvariant(),
                        isTumour = label.IsTumour,
                        type = label.Type,
                    }),
                }));
            }
            else
            {
                Console.Out.WriteLine(SplitTable.Render(result.Manifest));
                if (!PublishedLabels.Set.Equals(result.Manifest.Labels)) Console.Out.WriteLine(LabelTable.Render(path, result.Manifest.Labels));
                Console.Out.WriteLine(
                    $"{path}: {result.Manifest.Rows.Count} images, {result.Unreadable.Count} left out, "
                    + $"{result.Ignored} other files ignored");
            }
            return Task.FromResult(result.Unreadable.Count + result.MissingMasks.Count > 0 ? ExitCode.SomeUnreadable : ExitCode.Success);
        });
        return command;
    }

    private static void Report(IReadOnlyList<UnreadableFile> files)
    {
        foreach (var file in files.Take(ShownFaults)) Console.Error.WriteLine("left out: " + file.Reason);
        if (files.Count > ShownFaults)
            Console.Error.WriteLine($"left out: {files.Count - ShownFaults} more; --format json lists all.");
    }
}
