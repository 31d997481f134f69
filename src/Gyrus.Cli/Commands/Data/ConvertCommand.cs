using System.CommandLine;
using System.Text.Json;
using Gyrus.Cli.Commands.Classify;
using Gyrus.Cli.Terminal;
using Gyrus.Data.Converting;

namespace Gyrus.Cli.Commands.Data;

/// <summary><c>gyrus data convert</c>.</summary>
internal static class ConvertCommand
{
    private const int ShownFaults = 20;

    public static Command Create()
    {
        var paths = new Argument<string[]>("paths")
        {
            Description = "DICOM and NIfTI files, a DICOMDIR, folders (walked through for all of these), patterns, or - for a list of files on standard input.",
            Arity = ArgumentArity.OneOrMore,
        };
        var folder = new Option<string>("--out") { Description = "The folder to write into.", Required = true, HelpName = "DIR" };
        var target = new Option<ConversionTarget>("--to")
        {
            Description = "png16: a folder of 16-bit PNG a series, in the modality's units (Hounsfield) with the offset that slices.csv tells. png: 8 bits, as displayed. nifti: a "
                + "NIfTI volume a DICOM series. png16 unless given.",
        }.Take([("png16", ConversionTarget.Png16), ("png", ConversionTarget.Png), ("nifti", ConversionTarget.Nifti)]);
        var window = WindowOption.Create();
        var format = FormatOption.Create();
        var command = new Command(
            "convert",
            "Writes the slices of DICOM and NIfTI files as images, or DICOM series as NIfTI volumes. A series is a folder or a file, named by its number and description, with a table of which "
            + "slice is which file. What cannot be converted is told with the reason, and the rest goes on.")
        {
            paths, folder, target, window, format,
        };
        command.AddExamples(
            "gyrus data convert study/ --out volumes/ --to nifti",
            "gyrus data convert DICOMDIR --out slices/",
            "gyrus data convert study/ --out pictures/ --to png --window brain",
            "gyrus data convert volume.nii.gz --out slices/ --format json");
        command.SetAction((parsed, cancellation) =>
        {
            var to = parsed.GetValue(target);
            if (parsed.GetValue(window) is not null && to != ConversionTarget.Png)
                throw new GyrusException("--window is of images as displayed: give --to png with it. The others have the values themselves.");
            var output = parsed.GetValue(folder)!;
            using var progress = new ProgressLine();
            List<string> faults = [];
            var passedOver = new PassedOver();
            var files = ScanPaths.Expand(parsed.GetValue(paths)!, Console.OpenStandardInput, faults.Add, passedOver).ToList();
            var result = SeriesConversion.Run(files, output, to, WindowOption.Read(parsed.GetValue(window)), progress, cancellation);
            faults.AddRange(result.Faults);
            progress.Clear();
            if (result.Series.Count == 0 && faults.Count == 0) faults.Add("there is no DICOM or NIfTI file here. Name files or folders that hold some.");
            foreach (var fault in faults.Take(ShownFaults)) Console.Error.WriteLine("gyrus: " + fault);
            if (faults.Count > ShownFaults) Console.Error.WriteLine($"gyrus: {faults.Count - ShownFaults} more; --format json lists all.");
            if (result.Others.Count > 0) Console.Error.WriteLine($"gyrus: {result.Others.Count} neither DICOM nor NIfTI, {result.Others[0]} first.");
            if (result.Duplicates > 0) Console.Error.WriteLine($"gyrus: {result.Duplicates} {(result.Duplicates == 1 ? "image was" : "images were")} there twice and written once.");
            if (passedOver.Summary() is { } summary) Console.Error.WriteLine("gyrus: " + summary);
            Console.Out.WriteLine(parsed.GetValue(format) == OutputFormat.Json ? Json(output, result, faults) : Table(result));
            return Task.FromResult(faults.Count > 0 ? ExitCode.SomeUnreadable : ExitCode.Success);
        });
        return command;
    }

    private static string Json(string folder, ConversionResult result, IReadOnlyList<string> faults) => JsonSerializer.Serialize(new
    {
        folder,
        series = result.Series.Select(series => new
        {
            path = series.Path,
            table = series.Table,
            source = series.Source,
            number = series.Number,
            description = series.Description,
            modality = series.Modality,
            plane = series.Plane,
            found = series.Found,
            written = series.Written,
            unit = series.Unit,
            slope = series.Levels?.Slope,
            offset = series.Levels?.Offset,
            isExact = series.Levels?.IsExact,
            errors = series.Faults,
        }),
        others = result.Others,
        duplicates = result.Duplicates,
        errors = faults,
    });

    private static string Table(ConversionResult result)
    {
        var written = result.Series.Where(series => series.Path is not null).ToList();
        var lines = written.Select(series => $"{series.Path}: {series.Written} {(series.Written == 1 ? "slice" : "slices")}{Meaning(series)}");
        return string.Join('\n', (IEnumerable<string>)[.. lines, $"{written.Count} of {result.Series.Count} series written, {written.Sum(series => series.Written)} slices."]);
    }

    private static string Meaning(ConvertedSeries series)
    {
        if (series.Levels is not { } levels) return "";
        var unit = series.Unit.Length > 0 ? " " + series.Unit : "";
        var value = levels is { Slope: 1, Offset: 0 } ? "" : FormattableString.Invariant($", value = level{(levels.Slope == 1 ? "" : $" x {levels.Slope:R}")} {(levels.Offset < 0 ? "-" : "+")} {Math.Abs(levels.Offset):R}");
        return $"{value}{unit}{(levels.IsExact ? "" : ", rounded to half of it")}";
    }
}
