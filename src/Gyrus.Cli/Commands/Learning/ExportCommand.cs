using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Gyrus.Cli.Commands.Shared;
using Gyrus.Cli.Terminal;
using Gyrus.Data.Manifests;
using Gyrus.Evaluation.Reports;
using Gyrus.Learning.Export.Int8;
using Gyrus.Learning.Export.Keras;
using Gyrus.Learning.Novelty;
using Gyrus.Learning.Runs;
using Gyrus.Learning.Weights;

namespace Gyrus.Cli.Commands.Learning;

/// <summary><c>gyrus export</c>.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var run = new Argument<string>("run") { Description = "Folder of a run that has ended." };
        var folder = new Option<string>("--out") { Description = "Folder of the model package.", Required = true };
        var float16 = new Option<bool>("--float16")
        {
            Description = "Store kernels as float16: half the size. Lossless for a run trained with --float16; for "
                + "another the loss is measured and printed.",
        };
        var int8 = new Option<bool>("--int8")
        {
            Description = "Compute the backbone in eight bits: a quarter of the size, and about three times as fast on a "
                + "processor that multiplies bytes. Ranges are measured on training images; what it costs is measured on "
                + "validation images and printed, and refused if fewer than 95 % of labels stay.",
        };
        var also = new Option<string>("--also")
        {
            Description = "Forms to write beside ONNX, separated by commas: keras (model.keras), h5 (model.h5), tfjs (a folder for TensorFlow.js), tflite (model.tflite). Each is read back and "
                + "compared with the trained network. With --float16 and --int8 model.tflite is so too; the others are in float32.",
            HelpName = "FORMS",
            DefaultValueFactory = _ => "",
        };
        var name = new Option<string?>("--name") { Description = "The model's name; the name of the run's folder and the backbone's, as RUN-BACKBONE, if not given." };
        var version = new Option<string>("--model-version")
        {
            Description = "The model's version.",
            DefaultValueFactory = _ => "1.0.0",
        };
        var data = new Option<string?>("--data-note")
        {
            Description = "What the data is, for the card: its name, where it is from, how it was split.",
        };
        var dataset = new Option<string?>("--dataset")
        {
            Description = "Manifest whose images the export is checked on; the run's own if not given.",
        };
        var evaluation = new Option<string?>("--evaluation")
        {
            Description = "Folder of the evaluation whose figures go into the card; the run's evaluation on test if "
                + "there is one.",
        };
        var across = new Option<string?>("--across")
        {
            Description = "Folder of an evaluation of folds that are sources, whose figures within and across sources lead the card.",
        };
        var format = FormatOption.Create();
        var command = new Command(
            "export",
            "Writes a trained run as a model package: model.onnx, model.json and a model card. The file is run beside "
            + "the trained network on real images, and refused if a probability differs by more than 0.0001.")
        {
            run, folder, float16, int8, also, name, version, data, dataset, evaluation, across, format,
        };
        var trust = new TrustFlags();
        trust.AddTo(command);
        var refuse = new Option<double>("--refuse")
        {
            Description = "Share of the validation images that the limit of novelty refuses.",
            DefaultValueFactory = _ => NoveltyFit.UsualRefusal,
        };
        var noAbstention = new Option<bool>("--no-abstention")
        {
            Description = "Learn neither a limit of novelty nor kinds nor doubt: the model answers whatever it is shown.",
        };
        var failures = new Option<string?>("--known-failures")
        {
            Description = "A Markdown file that says what is known to go wrong, for the card.",
            HelpName = "FILE",
        };
        var limits = new Option<string[]>("--limit")
        {
            Description = "A sentence that is shown with every answer: what the model was not taught, or how it does on a kind of image. May be given "
                + "several times; without it, what holds of any model with these labels is said.",
            HelpName = "SENTENCE",
        };
        var licence = new Option<string?>("--licence")
        {
            Description = "A text file with the licence of the weights, which comes of the data that they were trained on: it is put beside them as LICENSE, "
                + "and the card names it.",
            HelpName = "FILE",
        };
        var cache = CacheOption.Create();
        foreach (Option option in (Option[])[refuse, noAbstention, failures, limits, licence, cache]) command.Options.Add(option);
        command.AddExamples(
            "gyrus export runs/first --out models/first",
            "gyrus export runs/first --out models/first --float16 --name my-model --model-version 1.2.0",
            "gyrus export runs/first --out models/first-int8 --int8",
            "gyrus export runs/first --out models/first --also keras,tflite",
            "gyrus export runs/first --out models/phone --int8 --also tflite");
        command.SetAction((parsed, cancellation) =>
        {
            // Before minutes of work.
            _ = Forms(parsed.GetValue(also)!);
            var wanted = trust.Read(parsed);
            var (terms, known) = (ReadText(parsed.GetValue(licence)), ReadText(parsed.GetValue(failures)));
            var store = new WeightStore(UserCache.Folder("weights"));
            var trained = TrainedRun.Open(parsed.GetValue(run)!, store);
            var manifest = Manifest.Load(parsed.GetValue(dataset) ?? trained.Record.Manifest);
            using var progress = new ProgressLine();
            var observer = new RunObserver(progress, OnUnusable: scan => progress.WriteLine("left out: " + scan.Reason));
            var answers = trained.ScoreSelection(manifest, parsed.GetValue(cache)!, observer, cancellation);
            var learnt = answers.Learn(parsed.GetValue(noAbstention) ? wanted with { Wrong = 1 } : wanted);
            if (learnt is null)
            {
                progress.WriteLine("The data set holds none of the images that the run was validated on: nothing is calibrated.");
            }
            var options = new ExportOptions(
                parsed.GetValue(name) ?? RunExport.UsualName(parsed.GetValue(run)!, trained.Backbone),
                parsed.GetValue(version)!,
                parsed.GetValue(data) ?? $"The data set of {Path.GetFileName(trained.Record.Manifest)}.",
                trained.FromScratch ? "none, since none were used" : store.Licence(trained.Backbone),
                parsed.GetValue(float16),
                Evaluation(parsed.GetValue(run)!, parsed.GetValue(evaluation)),
                learnt,
                parsed.GetValue(noAbstention) ? null
                    : NoveltyStudy.Run(trained, manifest, parsed.GetValue(refuse), answers, learnt, observer, cancellation),
                parsed.GetValue(int8))
            {
                KnownFailures = known ?? "",
                Across = parsed.GetValue(across) is { } study ? EvaluationJson.Read(Path.Combine(study, EvaluationFiles.ReportName)) : null,
                Licence = terms,
                Forms = Forms(parsed.GetValue(also)!),
                Limits = parsed.GetValue(limits) is { Length: > 0 } sentences ? sentences : null,
            };
            var result = RunExport.Write(trained, manifest, parsed.GetValue(folder)!, options);
            progress.Clear();
            foreach (var note in TrustNotes.Of(learnt is null ? [] : [learnt], trained.Labels)) progress.WriteLine("note: " + note);
            Console.Out.WriteLine(parsed.GetValue(format) == OutputFormat.Json ? Json(result) : Text(result));
            return Task.FromResult(ExitCode.Success);
        });
        return command;
    }

    private static ModelForm[] Forms(string names) =>
    [
        .. names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(name =>
            Enum.GetValues<ModelForm>().Cast<ModelForm?>().FirstOrDefault(form => form.ToString()!.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new GyrusException($"'{name}' is no form of a model. There are keras, h5, tfjs and tflite, beside ONNX, which is always written.")),
    ];

    private static string? ReadText(string? file)
    {
        if (file is null) return null;
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GyrusException($"{file}: cannot be read ({e.Message}). Name a text file.", e);
        }
    }

    private static EvaluationReport? Evaluation(string run, string? folder)
    {
        if (folder is not null) return EvaluationJson.Read(Path.Combine(folder, EvaluationFiles.ReportName));
        var usual = Path.Combine(run, EvaluationFiles.FolderName(Split.Test), EvaluationFiles.ReportName);
        return File.Exists(usual) ? EvaluationJson.Read(usual) : null;
    }

    private static string Text(ExportResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        {result.Package.Folder}: {Bytes(result) / 1e6:F1} MB
        {(result.Int8 is null ? "" : "in float32, ")}checked on {result.CheckedImages} images: a probability differs by at most {result.Difference:0.0e+0} (limit 1e-4)
        against the weights as trained: {result.StorageDifference:0.0e+0}{Int8Text(result.Int8)}{string.Concat(result.Forms.Select(form => FormText(form, result.TfliteInt8)))}
        next: gyrus classify --model {ShellWord.Of(result.Package.Folder)} FILES
        """);

    private static string Int8Text(Int8Agreement? int8) => int8 is null ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $"\nin eight bits, on {int8.Images} validation images: the same label on {100 * int8.Label:0.0} %; the probability of a tumour "
        + $"differs by {int8.MeanDifference:0.0000} on average, {int8.LargestDifference:0.0000} at most");

    private static string FormText((ModelForm Form, double Difference) form, Int8Agreement? lite) => string.Create(
        CultureInfo.InvariantCulture,
        $"\n{form.Form.ToString().ToLowerInvariant()}: {(form.Form == ModelForm.Tflite ? LiteText(lite) : "")}read back, a probability differs by at most {form.Difference:0.0e+0}");

    private static string LiteText(Int8Agreement? lite) => lite is null ? "" : string.Create(
        CultureInfo.InvariantCulture, $"in eight bits, on {lite.Images} validation images: the same label on {100 * lite.Label:0.0} %; ");

    private static string Json(ExportResult result) => JsonSerializer.Serialize(new
    {
        package = result.Package.Folder,
        bytes = Bytes(result),
        checkedImages = result.CheckedImages,
        difference = result.Difference,
        storageDifference = result.StorageDifference,
        forms = result.Forms.Select(form => new { form = form.Form.ToString().ToLowerInvariant(), difference = form.Difference, sameLabel = form.Form == ModelForm.Tflite ? result.TfliteInt8?.Label : null }),
        int8 = result.Int8 is null ? null : new
        {
            images = result.Int8.Images,
            label = result.Int8.Label,
            meanDifference = result.Int8.MeanDifference,
            largestDifference = result.Int8.LargestDifference,
        },
    });

    private static long Bytes(ExportResult result) =>
        new DirectoryInfo(result.Package.Folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
}
