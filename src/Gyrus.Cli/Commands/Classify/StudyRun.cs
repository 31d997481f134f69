using Gyrus.Cli.Terminal;
using Gyrus.DicomWeb;
using Gyrus.Imaging.Decoding;
using Gyrus.Inference;
using Gyrus.Inference.HeatMaps;
using Gyrus.Inference.Studies;

namespace Gyrus.Cli.Commands.Classify;

/// <summary>Classifies studies, of files or of an archive, and writes their answers.</summary>
/// <param name="request">What was asked.</param>
/// <param name="classifier">Answers slices.</param>
/// <param name="level">What a row is of.</param>
/// <param name="writer">Takes the answers.</param>
/// <param name="answers">The file that is gone on with; null for none.</param>
/// <param name="progress">Shows what goes on.</param>
/// <param name="onFault">Told of what could not be done.</param>
/// <param name="cancellation">Stops the work.</param>
internal sealed class StudyRun(
    ClassifyRequest request, ScanClassifier classifier, AnswerLevel level, StudyWriter writer, AnswerFile? answers, ProgressLine progress, Action<string> onFault,
    CancellationToken cancellation)
{
    private readonly SliceReader _reader = new(request.Window);

    /// <summary>Classifies files.</summary>
    /// <param name="paths">The files.</param>
    /// <exception cref="GyrusException">A report cannot be written.</exception>
    public async Task Files(IReadOnlyList<string> paths)
    {
        var files = StudyFiles.Read(paths, _reader, progress, cancellation);
        if (files.Others.Count > 0)
        {
            progress.WriteLine($"gyrus: {files.Others.Count} {(files.Others.Count == 1 ? "file is" : "files are")} neither DICOM nor NIfTI and of no series, {files.Others[0]} first; "
                + "--level slice answers each image.");
        }
        if (files.Series.Count == 0) onFault("there is no DICOM or NIfTI file here. Name files or folders that hold some, or give --level slice.");
        int leftOut = files.Series.Count(series => series.LeftOut is not null);
        if (leftOut > 0) progress.WriteLine($"gyrus: {leftOut} of {files.Series.Count} series are left out, each with its reason; --level slice answers their images.");
        if (answers is not null) files = files with { Series = Missing(answers, files.Series) };
        using var client = NewStore();
        await Classify(files, client);
    }

    /// <summary>Classifies studies of an archive.</summary>
    /// <param name="archive">The studies.</param>
    /// <exception cref="GyrusException">The archive does not answer or refuses, or a report cannot be written.</exception>
    public async Task Archive(ArchiveRequest archive)
    {
        if (answers is not null && level != AnswerLevel.Study) throw new GyrusException("--out of an archive goes with --level study.");
        using var client = ArchiveFlags.Connect(archive.Address, progress);
        using var store = NewStore();
        var studies = new ArchiveStudies(client, _reader, progress);
        var found = await studies.Find(archive, cancellation);
        if (found.Count == 0) onFault($"{client.Address}: the query finds no study there.");
        var missing = answers is null ? found : [.. answers.Missing(found, studies.AddressOf)];
        foreach (var study in missing)
        {
            await studies.Use(study, async files =>
            {
                if (files.Series.Count == 0) onFault($"{studies.AddressOf(study)}: the archive has no series of it.");
                await Classify(files, store);
            }, cancellation);
        }
    }

    private async Task Classify(StudyFiles files, DicomWebClient? store)
    {
        foreach (var fault in files.Faults) onFault(fault);
        if (files.Duplicates > 0) progress.WriteLine($"gyrus: {files.Duplicates} {(files.Duplicates == 1 ? "image was" : "images were")} there twice and counted once.");
        var output = request.Report is null ? null : new ReportOutput(request.Report, store);
        // On a terminal the rows themselves are the progress.
        var shown = Console.IsOutputRedirected || answers is not null ? progress : null;
        foreach (var study in StudyClassifier.Classify(classifier, files.Series, shown, HeatMaps(), cancellation))
        {
            // Before the answer is there for good: a run that goes on would not make its report.
            if (output is not null && await output.Write(study, classifier.Package.Description, cancellation) == 0)
                onFault($"{study.Path}: a report names DICOM objects, and this is none; nothing is written for it.");
            writer.Write(study);
            foreach (var error in study.Series.SelectMany(series => series.Slices).Select(slice => slice.Result.Error).OfType<string>()) onFault(error);
        }
    }

    private IReadOnlyList<SliceSeries> Missing(AnswerFile file, IReadOnlyList<SliceSeries> series) => level == AnswerLevel.Series
        ? [.. file.Missing(series, one => one.Path)]
        : [.. file.Missing(series.GroupBy(one => one.StudyUid), study => study.First().Path).SelectMany(study => study)];

    private DicomWebClient? NewStore() => request.Report?.Archive is { } archive ? ArchiveFlags.Connect(archive, progress) : null;

    /// <summary>Those that were asked for, and for a report those that the model can give.</summary>
    private HeatMapOptions? HeatMaps() =>
        request.HeatMaps ?? (request.Report is not null && classifier.Refusal(new HeatMapRequest()) is null ? new HeatMapOptions(Folder: null) : null);
}
