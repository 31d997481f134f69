using System.CommandLine;
using System.Text.Json;
using Gyrus.Cli.Terminal;
using Gyrus.Data.Annotating;
using Gyrus.Data.Manifests;

namespace Gyrus.Cli.Commands.Data;

/// <summary><c>gyrus data annotate</c>.</summary>
internal static class AnnotateCommand
{
    public static Command Create()
    {
        var dataset = new Argument<string>("dataset") { Description = "The manifest." };
        var columns = new Argument<string?>("columns")
        {
            Description = "A CSV file with the column path, relative to the file's folder, and others, such as patient, finding or mask.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var output = new Option<string>("--out") { Description = "The manifest to write.", Required = true };
        var only = new Option<string[]>("--columns")
        {
            Description = "The columns to take, parted by commas; all if not given. A value of the file stands over one that the manifest has.",
            HelpName = "NAME,NAME",
        };
        var number = new Option<string?>("--patients-by")
        {
            Description = "A column of numbers that run by patient, as those of a collection that was numbered slice after slice: patient is filled in "
                + "from it where it is empty.",
            HelpName = "COLUMN",
        };
        var within = new Option<int>("--within")
        {
            Description = "With --patients-by: images of one source whose labels can be one tumour's and whose numbers differ by less than this are one "
                + "patient, and so is what they link. More joins more people into one, and leaves fewer on two sides of a split.",
            DefaultValueFactory = _ => 20,
        };
        var where = new Option<string?>("--where")
        {
            Description = "With --patients-by: only rows with these values, such as origin=figshare, whose numbers mean the same.",
            HelpName = "COLUMN=VALUE",
        };
        var format = FormatOption.Create();
        var command = new Command(
            "annotate",
            "Joins the columns of another CSV file to a manifest by the images' paths, and takes patients from numbers. Tells images that the file has no "
            + "line for.")
        {
            dataset, columns, output, only, number, within, where, format,
        };
        command.Validators.Add(result =>
        {
            bool Given(Option option) => result.GetResult(option) is { Implicit: false };
            if (!Given(number) && ((Option[])[within, where]).Any(Given)) result.AddError("--within and --where are for --patients-by, which is not given.");
            else if (result.GetValue(columns) is null && !Given(number)) result.AddError("Give a CSV file with columns to join, or --patients-by.");
            else if (result.GetValue(columns) is null && Given(only)) result.AddError("--columns names columns of a CSV file, which is not given.");
        });
        command.AddExamples(
            "gyrus data annotate dataset.csv origins.csv --out known.csv",
            "gyrus data annotate dataset.csv origins.csv --columns origin,finding --out known.csv",
            "gyrus data annotate known.csv --patients-by origin_id --within 20 --where origin=figshare --out known.csv");
        command.SetAction(parsed =>
        {
            var target = parsed.GetValue(output)!;
            var manifest = Manifest.Load(parsed.GetValue(dataset)!);
            AnnotationResult? joined = null;
            if (parsed.GetValue(columns) is { } file)
            {
                joined = Annotation.Join(
                    manifest, file, parsed.GetValue(only) is { Length: > 0 } names ? [.. names.SelectMany(value => value.Split(','))] : null);
                manifest = joined.Manifest;
            }
            NumberedPatients? patients = null;
            if (parsed.GetValue(number) is { } column)
            {
                patients = PatientNumbers.Assign(
                    manifest, column, parsed.GetValue(within),
                    parsed.GetValue(where) is { } values ? new RowCondition(NamePairs.Read("--where", [values])) : null);
                manifest = patients.Manifest;
            }
            manifest.MovedTo(target).Save(target);
            if (parsed.GetValue(format) == OutputFormat.Json) Console.Out.WriteLine(Json(target, manifest, joined, patients));
            else Print(target, manifest, joined, patients);
            return ExitCode.Success;
        });
        return command;
    }

    private static string Json(string target, Manifest manifest, AnnotationResult? joined, NumberedPatients? patients) => JsonSerializer.Serialize(
        new
        {
            manifest = target,
            images = manifest.Rows.Count,
            columns = joined?.Columns ?? [],
            notTaken = joined?.NotTaken ?? [],
            withoutLine = joined?.WithoutLine ?? [],
            withoutImage = joined?.WithoutImage ?? [],
            patients = patients?.Patients,
            imagesWithPatient = patients?.Images,
        },
        JsonSerializerOptions.Web);

    private static void Print(string target, Manifest manifest, AnnotationResult? joined, NumberedPatients? patients)
    {
        if (joined is not null)
        {
            Console.Out.WriteLine($"{target}: {string.Join(", ", joined.Columns)} joined to {manifest.Rows.Count - joined.WithoutLine.Count} of "
                + $"{manifest.Rows.Count} images");
            if (joined.NotTaken.Count > 0) Console.Out.WriteLine($"not taken, since the manifest has its own: {string.Join(", ", joined.NotTaken)}");
            Tell(joined.WithoutLine, "images have no line in the file");
            Tell(joined.WithoutImage, "lines name images that are not in the manifest");
        }
        if (patients is not null) Console.Out.WriteLine($"{target}: {patients.Images} images were given {patients.Patients} patients");
    }

    private static void Tell(IReadOnlyList<string> paths, string what)
    {
        if (paths.Count > 0) Console.Error.WriteLine($"{paths.Count} {what}; the first: {paths[0]}. --format json lists all.");
    }
}
