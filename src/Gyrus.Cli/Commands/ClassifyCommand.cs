using System.CommandLine;
using Gyrus.Cli.Commands.Classify;
using Gyrus.Cli.Commands.Shared;
using Gyrus.Cli.Terminal;
using Gyrus.Inference;
using Gyrus.Inference.HeatMaps;
using Gyrus.Models;

namespace Gyrus.Cli.Commands;

/// <summary><c>gyrus classify</c>.</summary>
internal static class ClassifyCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("paths")
        {
            Description = "Image files, folders (walked through for images), patterns such as 'scans/**/*.png', or - "
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
        var heatMaps = new HeatMapFlags();
        var command = new Command(
            "classify",
            "Says what a trained network sees in CT and MRI images: tumour or not, and of which kind. One row a file, in "
            + $"the order named. The exit code is {ExitCode.SomeUnreadable} where some files could not be read. Research "
            + "software, not a medical device.")
        {
            paths, model, threshold, views, format, file, resume,
        };
        command.AddExamples(
            "gyrus classify scan.png",
            "gyrus classify scans/ --format csv > results.csv",
            "gyrus classify archive/ --out answers.jsonl --resume",
            "gyrus classify scans/ --heatmap maps/",
            "gyrus classify scan.png --heatmap maps/ --heatmap-label mri_glioma --heatmap-method occlusion",
            "find archive -name '*.jpg' -print0 | gyrus classify - --format json");
        heatMaps.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(
            parsed.GetValue(paths)!, parsed.GetValue(model), parsed.GetValue(threshold), parsed.GetValue(views),
            parsed.GetValue(format), parsed.GetValue(file), parsed.GetValue(resume), heatMaps.Read(parsed), cancellation)));
        return command;
    }

    private static int Run(
        string[] arguments,
        string? model,
        double? threshold,
        int views,
        OutputFormat format,
        string? file,
        bool resume,
        HeatMapOptions? heatMaps,
        CancellationToken cancellation)
    {
        if (resume && file is null) throw new GyrusException("--resume goes with --out FILE: the file to go on with.");
        if (file is not null && format == OutputFormat.Csv)
            throw new GyrusException("--out writes JSON lines. Leave --format csv out, or redirect standard output instead.");
        using var classifier = ScanClassifier.Open(
            model ?? DefaultModel.Folder(), new ClassifierOptions(Views: views, Threshold: threshold, GraphFolder: GraphCache.Folder()));
        // Before a file for the answers is begun.
        if (heatMaps is not null) classifier.RequireMaps(heatMaps.Request);
        var recipe = AnswerRecipe.Of(classifier, threshold, views, heatMaps);
        using var answers = file is null ? null : AnswerFile.Open(file, resume, recipe);
        using var output = StandardOutput.Open();
        using var progress = new ProgressLine();
        if (NetworkFile.Doubt(classifier.Package) is { } doubt) progress.WriteLine("gyrus: " + doubt);
        int faults = 0;
        var passedOver = new PassedOver();
        var paths = ScanPaths.Expand(arguments, Console.OpenStandardInput, message =>
        {
            Interlocked.Increment(ref faults);
            progress.WriteLine("gyrus: " + message);
        }, passedOver);
        if (answers is not null) paths = answers.Missing(paths);
        // Files that are there can be counted, for the time left; a list on standard input may have no end.
        if (!arguments.Contains("-")) paths = paths.ToList();
        try
        {
            // On a terminal the rows themselves are the progress.
            var shown = Console.IsOutputRedirected || answers is not null ? progress : null;
            var writer = answers is null
                ? ResultWriter.For(format, classifier.Labels, output, StandardOutput.HasColours)
                : new JsonLinesWriter(answers.Stream, recipe);
            foreach (var result in classifier.Classify(paths, shown, heatMaps, cancellation))
            {
                writer.Write(result);
                if (result.Error is not null) Interlocked.Increment(ref faults);
            }
        }
        catch (IOException e) when (StandardOutput.HasNoReader(e))
        {
            return ExitCode.Success;
        }
        progress.Clear();
        if (passedOver.Summary() is { } summary) Console.Error.WriteLine("gyrus: " + summary);
        if (format == OutputFormat.Table && answers is null)
        {
            foreach (var limit in AnswerLimits.Of(classifier.Package.Description)) Console.Error.WriteLine(limit);
        }
        if (format == OutputFormat.Table) Console.Error.WriteLine("Research software, not a medical device.");
        return faults > 0 ? ExitCode.SomeUnreadable : ExitCode.Success;
    }
}
