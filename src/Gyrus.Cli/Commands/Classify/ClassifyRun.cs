using Gyrus.Cli.Terminal;
using Gyrus.Imaging.Decoding;
using Gyrus.Inference;
using Gyrus.Inference.Studies;
using Gyrus.Models;

namespace Gyrus.Cli.Commands.Classify;

/// <summary>Carries out <c>gyrus classify</c>.</summary>
internal sealed class ClassifyRun(ClassifyRequest request, CancellationToken cancellation)
{
    private readonly PassedOver _passedOver = new();
    private int _faults;

    /// <summary>Classifies, and writes the answers.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="GyrusException">Options contradict each other, or a model or file cannot be used.</exception>
    public async Task<int> Run()
    {
        var level = request.Level ?? (request.Archive is null ? StudyArguments.Level(request.Arguments) : AnswerLevel.Study);
        Check(level);
        using var classifier = ScanClassifier.Open(
            request.Model ?? DefaultModel.Folder(), new ClassifierOptions(Views: request.Views, Threshold: request.Threshold, GraphFolder: GraphCache.Folder()));
        // Before a file for the answers is begun.
        if (request.HeatMaps is not null) classifier.RequireMaps(request.HeatMaps.Request);
        var recipe = AnswerRecipe.Of(classifier, request, level);
        using var answers = request.File is null ? null : AnswerFile.Open(request.File, request.Resume, recipe);
        using var output = StandardOutput.Open();
        using var progress = new ProgressLine();
        if (NetworkFile.Doubt(classifier.Package) is { } doubt) progress.WriteLine("gyrus: " + doubt);
        var paths = ScanPaths.Expand(request.Arguments, Console.OpenStandardInput, message => Fault(progress, message), _passedOver);
        try
        {
            if (level == AnswerLevel.Slice) Slices(classifier, paths, answers, recipe, output, progress);
            else await Studies(classifier, paths, level, answers, recipe, output, progress);
        }
        catch (IOException e) when (StandardOutput.HasNoReader(e))
        {
            return ExitCode.Success;
        }
        progress.Clear();
        if (_passedOver.Summary() is { } summary) Console.Error.WriteLine("gyrus: " + summary);
        if (request.Format == OutputFormat.Table && answers is null)
        {
            foreach (var limit in AnswerLimits.Of(classifier.Package.Description)) Console.Error.WriteLine(limit);
        }
        if (request.Format == OutputFormat.Table) Console.Error.WriteLine("Research software, not a medical device.");
        return _faults > 0 ? ExitCode.SomeUnreadable : ExitCode.Success;
    }

    private void Check(AnswerLevel level)
    {
        if (request.Resume && request.File is null) throw new GyrusException("--resume goes with --out FILE: the file to go on with.");
        if (request.File is not null && request.Format == OutputFormat.Csv)
            throw new GyrusException("--out writes JSON lines. Leave --format csv out, or redirect standard output instead.");
        if (level == AnswerLevel.Slice && request.Report is not null) throw new GyrusException("--report and --store are of studies: name a folder of DICOM, or give --level study.");
        if (level == AnswerLevel.Slice && request.Archive is not null) throw new GyrusException("An archive answers by study: leave --level slice out.");
    }

    private void Slices(
        ScanClassifier classifier, IEnumerable<string> paths, AnswerFile? answers, string recipe, Stream output, ProgressLine progress)
    {
        var reader = new SliceReader(request.Window);
        var slices = paths.SelectMany(path => FileSlices.Of(path, reader));
        if (answers is not null) slices = answers.Missing(slices, slice => slice.Name);
        // Files that are there can be counted, for the time left; a list on standard input may have no end.
        if (!request.Arguments.Contains("-")) slices = slices.ToList();
        // On a terminal the rows themselves are the progress.
        var shown = Console.IsOutputRedirected || answers is not null ? progress : null;
        var writer = answers is null
            ? ResultWriter.For(request.Format, classifier.Labels, output, StandardOutput.HasColours)
            : new JsonLinesWriter(answers.Stream, recipe);
        foreach (var result in classifier.Classify(slices, slice => slice.Name, slice => slice.Read(), shown, request.HeatMaps, cancellation))
        {
            writer.Write(result);
            if (result.Error is not null) Interlocked.Increment(ref _faults);
        }
    }

    private async Task Studies(
        ScanClassifier classifier, IEnumerable<string> paths, AnswerLevel level, AnswerFile? answers, string recipe, Stream output, ProgressLine progress)
    {
        if (classifier.Package.Description.Trust?.Studies is null)
        {
            progress.WriteLine($"gyrus: {classifier.Package.Folder}: what series are worth was not measured, since its validation images name too few patients. Take the "
                + "probabilities of series and studies for an order, no more.");
        }
        var writer = answers is null ? StudyWriter.For(request.Format, level, output, StandardOutput.HasColours) : new StudyJsonWriter(answers.Stream, level, recipe);
        var run = new StudyRun(request, classifier, level, writer, answers, progress, message => Fault(progress, message), cancellation);
        await (request.Archive is { } archive ? run.Archive(archive) : run.Files([.. paths]));
    }

    private void Fault(ProgressLine progress, string message)
    {
        Interlocked.Increment(ref _faults);
        progress.WriteLine("gyrus: " + message);
    }
}
