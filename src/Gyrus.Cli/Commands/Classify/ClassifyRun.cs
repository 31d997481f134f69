using Gyrus.Cli.Terminal;
using Gyrus.Imaging.Decoding;
using Gyrus.Inference;
using Gyrus.Inference.HeatMaps;
using Gyrus.Inference.Studies;
using Gyrus.Models;

namespace Gyrus.Cli.Commands.Classify;

/// <summary>Carries out <c>gyrus classify</c>.</summary>
internal sealed class ClassifyRun(ClassifyRequest request, CancellationToken cancellation)
{
    private readonly PassedOver _passedOver = new();
    private readonly SliceReader _reader = new(request.Window);
    private int _faults;

    /// <summary>Classifies, and writes the answers.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="GyrusException">Options contradict each other, or a model or file cannot be used.</exception>
    public int Run()
    {
        Check();
        using var classifier = ScanClassifier.Open(
            request.Model ?? DefaultModel.Folder(), new ClassifierOptions(Views: request.Views, Threshold: request.Threshold, GraphFolder: GraphCache.Folder()));
        // Before a file for the answers is begun.
        if (request.HeatMaps is not null) classifier.RequireMaps(request.HeatMaps.Request);
        var level = request.Level ?? StudyArguments.Level(request.Arguments);
        var recipe = AnswerRecipe.Of(classifier, request, level);
        using var answers = request.File is null ? null : AnswerFile.Open(request.File, request.Resume, recipe);
        using var output = StandardOutput.Open();
        using var progress = new ProgressLine();
        if (NetworkFile.Doubt(classifier.Package) is { } doubt) progress.WriteLine("gyrus: " + doubt);
        var paths = ScanPaths.Expand(request.Arguments, Console.OpenStandardInput, message => Fault(progress, message), _passedOver);
        try
        {
            if (level == AnswerLevel.Slice && request.Report is not null) throw new GyrusException("--report is of studies: name a folder of DICOM, or leave --level slice out.");
            if (level == AnswerLevel.Slice) Slices(classifier, paths, answers, recipe, output, progress);
            else Studies(classifier, paths, level, answers, recipe, output, progress);
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

    private void Check()
    {
        if (request.Resume && request.File is null) throw new GyrusException("--resume goes with --out FILE: the file to go on with.");
        if (request.File is not null && request.Format == OutputFormat.Csv)
            throw new GyrusException("--out writes JSON lines. Leave --format csv out, or redirect standard output instead.");
    }

    private void Slices(
        ScanClassifier classifier, IEnumerable<string> paths, AnswerFile? answers, string recipe, Stream output, ProgressLine progress)
    {
        var slices = paths.SelectMany(path => FileSlices.Of(path, _reader));
        if (answers is not null) slices = answers.Missing(slices, slice => slice.Name);
        // Files that are there can be counted, for the time left; a list on standard input may have no end.
        if (!request.Arguments.Contains("-")) slices = slices.ToList();
        var writer = answers is null
            ? ResultWriter.For(request.Format, classifier.Labels, output, StandardOutput.HasColours)
            : new JsonLinesWriter(answers.Stream, recipe);
        foreach (var result in classifier.Classify(slices, slice => slice.Name, slice => slice.Read(), Shown(progress, answers), request.HeatMaps, cancellation))
        {
            writer.Write(result);
            if (result.Error is not null) Interlocked.Increment(ref _faults);
        }
    }

    private void Studies(
        ScanClassifier classifier, IEnumerable<string> paths, AnswerLevel level, AnswerFile? answers, string recipe, Stream output, ProgressLine progress)
    {
        var files = StudyFiles.Read([.. paths], _reader, progress, cancellation);
        foreach (var fault in files.Faults) Fault(progress, fault);
        if (files.Others.Count > 0)
        {
            progress.WriteLine($"gyrus: {files.Others.Count} {(files.Others.Count == 1 ? "file is" : "files are")} neither DICOM nor NIfTI and of no series, {files.Others[0]} first; "
                + "--level slice answers each image.");
        }
        if (files.Duplicates > 0) progress.WriteLine($"gyrus: {files.Duplicates} {(files.Duplicates == 1 ? "image was" : "images were")} there twice and counted once.");
        if (files.Series.Count == 0) Fault(progress, "there is no DICOM or NIfTI file here. Name files or folders that hold some, or give --level slice.");
        if (classifier.Package.Description.Trust?.Studies is null)
        {
            progress.WriteLine($"gyrus: {classifier.Package.Folder}: what series are worth was not measured, since its validation images name too few patients. Take the "
                + "probabilities of series and studies for an order, no more.");
        }
        int leftOut = files.Series.Count(series => series.LeftOut is not null);
        if (leftOut > 0) progress.WriteLine($"gyrus: {leftOut} of {files.Series.Count} series are left out, each with its reason; --level slice answers their images.");
        var stacks = files.Series;
        if (answers is not null) stacks = [.. answers.Missing(stacks.GroupBy(stack => stack.StudyUid), study => study.First().Path).SelectMany(study => study)];
        var writer = answers is null ? StudyWriter.For(request.Format, level, output, StandardOutput.HasColours) : new StudyJsonWriter(answers.Stream, level, recipe);
        foreach (var study in StudyClassifier.Classify(classifier, stacks, Shown(progress, answers), HeatMaps(classifier), cancellation))
        {
            if (request.Report is { } report && ReportFiles.Write(report, study, classifier.Package.Description) == 0)
                Fault(progress, $"{study.Path}: a report names DICOM objects, and this is none; nothing is written for it.");
            writer.Write(study);
            foreach (var error in study.Series.SelectMany(series => series.Slices).Select(slice => slice.Result.Error).OfType<string>()) Fault(progress, error);
        }
    }

    /// <summary>Those that were asked for, and for a report those that the model can give.</summary>
    private HeatMapOptions? HeatMaps(ScanClassifier classifier) =>
        request.HeatMaps ?? (request.Report is not null && classifier.Refusal(new HeatMapRequest()) is null ? new HeatMapOptions(Folder: null) : null);

    // On a terminal the rows themselves are the progress.
    private static ProgressLine? Shown(ProgressLine progress, AnswerFile? answers) => Console.IsOutputRedirected || answers is not null ? progress : null;

    private void Fault(ProgressLine progress, string message)
    {
        Interlocked.Increment(ref _faults);
        progress.WriteLine("gyrus: " + message);
    }
}
