using System.CommandLine;
using Gyrus.Cli.Commands.Classify;
using Gyrus.Cli.Commands.Shared;
using Gyrus.Cli.Terminal;

namespace Gyrus.Cli.Commands;

/// <summary><c>gyrus classify</c>.</summary>
internal static class ClassifyCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("paths")
        {
            Description = "Image files, DICOM and NIfTI files, a DICOMDIR, an archive (dicomweb:URL), folders (walked through for all of these), patterns such as 'scans/**/*.png', or - "
                + "for a list of files on standard input, one a line or ended by zero bytes.",
            Arity = ArgumentArity.OneOrMore,
        };
        paths.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Select(token => token.Value))
            {
                if (token.StartsWith("--", StringComparison.Ordinal) && !File.Exists(token))
                    result.AddError($"'{token}' is no option of gyrus classify, and no file.");
            }
        });
        var model = new Option<string?>("--model")
        {
            Description = "Folder of a model package; the model that comes with gyrus if not given.",
            HelpName = "DIR",
        };
        var format = FormatOption.Create(csv: true);
        var file = new Option<string?>("--out")
        {
            Description = "A file for the answers, as JSON lines, instead of standard output.",
            HelpName = "FILE",
        };
        var resume = new Option<bool>("--resume")
        {
            Description = "With --out: go on with the file after a kill; what it holds is not computed again.",
        };
        var threshold = new Option<double?>("--threshold")
        {
            Description = "Tumour probability from which a scan is called a tumour; the model's own if not given.",
            HelpName = "P",
        };
        var views = ViewsOption.Create();
        var level = LevelOption.Create();
        var window = WindowOption.Create();
        var heatMaps = new HeatMapFlags();
        var archive = new ArchiveFlags();
        var report = new ReportFlags();
        var command = new Command(
            "classify",
            "Says what a trained network sees in CT and MRI images: tumour or not, and of which kind. One row an image, or one a study of DICOM or NIfTI files, in "
            + $"the order named. The exit code is {ExitCode.SomeUnreadable} where some files could not be read. Research "
            + "software, not a medical device.")
        {
            paths, level, model, threshold, views, window, format, file, resume,
        };
        command.AddExamples(
            "gyrus classify scan.png",
            "gyrus classify scans/ --format csv > results.csv",
            "gyrus classify archive/ --out answers.jsonl --resume",
            "gyrus classify study/",
            "gyrus classify volume.nii.gz --format json",
            "gyrus classify study/ --level slice --window brain --format csv",
            "gyrus classify study/ --report reports/ --uid-root 1.2.826.0.1.3680043.8.498",
            "gyrus classify dicomweb:https://archive.example/dicom-web --query 'ModalitiesInStudy=MR,StudyDate=20260101-' --store dicomweb:https://archive.example/dicom-web",
            "gyrus classify scans/ --heatmap maps/",
            "gyrus classify scan.png --heatmap maps/ --heatmap-label mri_glioma --heatmap-method occlusion",
            "find archive -name '*.jpg' -print0 | gyrus classify - --format json");
        heatMaps.AddTo(command);
        archive.AddTo(command);
        report.AddTo(command);
        command.SetAction((parsed, cancellation) => new ClassifyRun(
            new ClassifyRequest(
                parsed.GetValue(paths)!, parsed.GetValue(model), parsed.GetValue(threshold), parsed.GetValue(views), parsed.GetValue(format),
                parsed.GetValue(file), parsed.GetValue(resume), heatMaps.Read(parsed), parsed.GetValue(level),
                WindowOption.Read(parsed.GetValue(window)), report.Read(parsed), archive.Read(parsed, parsed.GetValue(paths)!)),
            cancellation).Run());
        return command;
    }
}
