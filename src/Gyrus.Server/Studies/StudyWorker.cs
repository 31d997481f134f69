using Gyrus.DicomWeb;
using Gyrus.Imaging.Decoding;
using Gyrus.Inference;
using Gyrus.Inference.HeatMaps;
using Gyrus.Inference.Reports;
using Gyrus.Inference.Studies;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gyrus.Server.Studies;

/// <summary>Answers the studies that were sent, one after the other, each once nothing more of it comes, and stores their reports.</summary>
/// <param name="options">How.</param>
/// <param name="spool">Holds them.</param>
/// <param name="classifier">Answers slices.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Takes failures. It gets no name, number or date of a patient: studies are told by their UIDs.</param>
internal sealed partial class StudyWorker(
    StudyOptions options, StudySpool spool, ScanClassifier classifier, TimeProvider time, ILogger<StudyWorker> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1), AfterFailure = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, DateTimeOffset> _notBefore = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, time);
        do
        {
            try
            {
                await Once(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailure(e, "the spool");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task Once(CancellationToken cancellation)
    {
        foreach (var study in spool.All())
        {
            var now = time.GetUtcNow();
            if (study.Objects == 0) continue;
            if (!study.IsOpen)
            {
                if (now - study.Newest > options.Keep) spool.DeleteObjects(study.Uid);
                continue;
            }
            if (now - study.Newest < options.Quiet || _notBefore.GetValueOrDefault(study.Uid) > now) continue;
            try
            {
                // Not on the thread of the host, which starts others.
                await Task.Run(() => Answer(study, cancellation), cancellation);
                _notBefore.Remove(study.Uid);
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                LogFailure(e, study.Uid);
                _notBefore[study.Uid] = now + AfterFailure;
            }
        }
    }

    private async Task Answer(SpooledStudy study, CancellationToken cancellation)
    {
        var files = StudyFiles.Read(spool.Files(study.Uid), new SliceReader(), null, cancellation);
        var heatMaps = options.Archive is not null && classifier.Refusal(new HeatMapRequest()) is null ? new HeatMapOptions(Folder: null) : null;
        var series = files.Series.Select(one => one.At("/v1/studies/" + study.Uid)).ToList();
        var answer = StudyClassifier.Classify(classifier, series, null, heatMaps, cancellation).Single();
        bool isReported = options.Archive is null || await Report(answer, cancellation);
        spool.Answer(study.Uid, StoredAnswer.Of(answer, study.Objects, isReported));
        if (!isReported) _notBefore[study.Uid] = time.GetUtcNow() + AfterFailure;
    }

    private async Task<bool> Report(StudyAnswer answer, CancellationToken cancellation)
    {
        try
        {
            var attributes = answer.Series.First(series => series.Stack.Attributes is not null).Stack.Attributes!();
            var objects = StudyObjects.Of(new ReportedStudy(answer, attributes, classifier.Package.Description, options.Uids, time.GetLocalNow()));
            using var client = new DicomWebClient(options.Archive!, ArchiveRetry.Pipeline(ArchiveRetry.UsualRetries, onRetry: null, time));
            await client.Store([.. objects.Select(one => one.Bytes)], cancellation);
            return true;
        }
        catch (GyrusException e)
        {
            LogFailure(e, answer.Uid);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Error, "{Study}: could not be answered or reported; it is tried again in a minute")]
    private partial void LogFailure(Exception exception, string study);
}
