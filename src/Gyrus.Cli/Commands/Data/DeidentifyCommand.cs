using System.CommandLine;
using Gyrus.Cli.Terminal;
using Gyrus.Data.Deidentification;
using Gyrus.Dicom.Privacy;
using Gyrus.Dicom.Writing;

namespace Gyrus.Cli.Commands.Data;

/// <summary><c>gyrus data deidentify</c>.</summary>
internal static class DeidentifyCommand
{
    private const int Shown = 20;

    public static Command Create()
    {
        var source = new Argument<string>("in") { Description = "A folder, walked by content; a DICOMDIR; or a DICOM file." };
        var folder = new Argument<string>("out") { Description = "The folder for the copies, apart from the files." };
        var secret = new Option<string?>("--secret")
        {
            Description = "Make the same UIDs and pseudonyms, and move dates as far, as other runs with this file do; it is made where it is missing. Without it each run has a secret of its own, which is forgotten",
            HelpName = "FILE",
        };
        var root = new Option<string>("--uid-root")
        {
            Description = $"What new UIDs begin with; {DicomUids.UuidRoot}, which anyone may use, unless given",
            HelpName = "UID",
            DefaultValueFactory = _ => DicomUids.UuidRoot,
        };
        var intervals = new Option<bool>("--keep-intervals") { Description = "Move all dates of a patient by the same number of days in place of taking them out; times of the day stay" };
        var descriptions = new Option<bool>("--keep-descriptions")
        {
            Description = "Keep descriptions in which none of the object's names, numbers and dates is found; what a person wrote there otherwise stays, so read them",
        };
        var device = new Option<bool>("--keep-device") { Description = "Keep what tells which device it was" };
        var characteristics = new Option<bool>("--keep-characteristics") { Description = "Keep the patient's sex, age, size, weight and the like" };
        var blank = new Option<bool>("--blank-outside-head") { Description = "Make all pixels around the head black; packed pixels are unpacked for it" };
        var risky = new Option<bool>("--keep-risky")
        {
            Description = "Write objects too whose pixels or texts may tell who they are of: captures of screens, reports, documents, other modalities than CT and MR",
        };
        var format = FormatOption.Create();
        var command = new Command(
            "deidentify",
            $"Writes copies of DICOM files without what tells who they are of, by the basic profile of PS3.15 ({ConfidentialityProfile.Edition}). Files and folders get new names, since old ones may hold a "
            + $"patient's. What was changed is in {ReportFile.Name}. Faces can be told from thin slices: they stay. Exit code {ExitCode.SomeUnreadable} where a DICOM file was left out or a copy needs a look.")
        {
            source, folder, secret, root, intervals, descriptions, device, characteristics, blank, risky, format,
        };
        command.AddExamples(
            "gyrus data deidentify study/ shared/",
            "gyrus data deidentify DICOMDIR shared/ --secret project.key --keep-intervals",
            "gyrus data deidentify study/ shared/ --blank-outside-head --keep-characteristics --format json");
        command.SetAction((parsed, cancellation) =>
        {
            using var progress = new ProgressLine();
            var (key, isNew) = parsed.GetValue(secret) is { } file ? SecretFile.ReadOrMake(file) : (null, false);
            if (isNew) progress.WriteLine($"{parsed.GetValue(secret)}: a new secret. Keep it for later runs, and give it to nobody who gets the copies.");
            var request = new DeidentificationRequest(parsed.GetValue(source)!, parsed.GetValue(folder)!)
            {
                Secret = key,
                UidRoot = parsed.GetValue(root)!,
                BlankOutsideHead = parsed.GetValue(blank),
                KeepRisky = parsed.GetValue(risky),
                Options = new()
                {
                    KeepIntervals = parsed.GetValue(intervals),
                    KeepDescriptions = parsed.GetValue(descriptions),
                    KeepDevice = parsed.GetValue(device),
                    KeepCharacteristics = parsed.GetValue(characteristics),
                },
            };
            if (request.Options.KeepDescriptions) progress.WriteLine("Descriptions are kept where none of the object's own names, numbers and dates is found in them. Read them before you pass the copies on.");
            var report = StudyDeidentification.Run(request, progress, cancellation);
            progress.Clear();
            if (parsed.GetValue(format) == OutputFormat.Json) Console.Out.Write(ReportFile.Text(report, request));
            else Print(request, report);
            bool clean = report.LeftOut.Count == 0 && !report.Files.Any(copy => copy.NeedsALook);
            return Task.FromResult(clean ? ExitCode.Success : ExitCode.SomeUnreadable);
        });
        return command;
    }

    private static void Print(DeidentificationRequest request, DeidentificationReport report)
    {
        List("left out", [.. report.LeftOut.Select(file => $"{file.Path}: {file.Reason}")]);
        List("a head was not found in all frames, or writing runs into it; look at it", [.. report.Files.Where(file => file.NeedsALook).Select(file => Path.Combine(request.Folder, file.Path))]);
        Console.Out.WriteLine(DeidentificationTable.Render(report.Tally));
        Console.Out.WriteLine(
            $"{request.Folder}: {Count(report.Files.Count, "file", "files")} of {Count(report.Patients, "patient", "patients")}, {Count(report.Studies, "study", "studies")} "
            + $"and {report.Series} series written, {report.LeftOut.Count} left out, "
            + $"{report.OtherFiles} that hold no object");
        Console.Out.WriteLine(Path.Combine(request.Folder, ReportFile.Name));
    }

    private static string Count(int count, string one, string several) => $"{count} {(count == 1 ? one : several)}";

    private static void List(string what, IReadOnlyList<string> files)
    {
        foreach (var file in files.Take(Shown)) Console.Error.WriteLine($"{what}: {file}");
        if (files.Count > Shown) Console.Error.WriteLine($"{what}: {files.Count - Shown} more; {ReportFile.Name} counts all.");
    }
}
