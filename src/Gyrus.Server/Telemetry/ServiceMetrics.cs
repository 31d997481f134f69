using System.Diagnostics;
using System.Diagnostics.Metrics;
using Gyrus.Inference;

namespace Gyrus.Server.Telemetry;

/// <summary>What is counted and timed, for OpenTelemetry and Prometheus. Nothing in it tells of a patient.</summary>
internal sealed class ServiceMetrics : IDisposable
{
    /// <summary>The name of the meter and of the source of traces.</summary>
    public const string Name = "Gyrus.Server";

    private readonly Meter _meter = new(Name);
    private readonly Counter<long> _images;
    private readonly Counter<long> _shared;
    private readonly Histogram<int> _batches;
    private readonly Histogram<double> _seconds;

    public ServiceMetrics()
    {
        _images = _meter.CreateCounter<long>(
            "gyrus.images", "{image}", "Images that were answered, by outcome: tumour, healthy, refused or unreadable; probe "
                + "for the small image of the service's own by which readiness is found out.");
        _shared = _meter.CreateCounter<long>(
            "gyrus.images.shared", "{image}", "Images between replicas, by direction: out for those of this one's callers that another answered, in for those of another's that this one "
                + "answered, which are among gyrus.images too.");
        // The usual bounds are of milliseconds, and all seconds would be in the first bucket.
        _batches = _meter.CreateHistogram(
            "gyrus.batch.size", "{image}", "Images that went through the network together.", tags: null,
            new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 3, 4, 6, 8, 16, 32] });
        _seconds = _meter.CreateHistogram(
            "gyrus.batch.duration", "s", "From a batch's decoding to its answers.", tags: null,
            new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
            });
    }

    /// <summary>The source of traces.</summary>
    public ActivitySource Traces { get; } = new(Name);

    /// <summary>Tells how many images wait, whenever it is asked.</summary>
    public void Watch(Func<int> waiting) =>
        _meter.CreateObservableGauge("gyrus.queue.length", waiting, "{image}", "Images that wait or are being looked at.");

    /// <summary>Counts a batch.</summary>
    /// <param name="results">Its results.</param>
    /// <param name="duration">How long it took.</param>
    /// <param name="probes">For each result, whether it is of an image of the service's own.</param>
    public void Add(IReadOnlyList<ScanResult> results, TimeSpan duration, IReadOnlyList<bool> probes)
    {
        _batches.Record(results.Count);
        _seconds.Record(duration.TotalSeconds);
        foreach (var (result, isProbe) in results.Zip(probes))
            _images.Add(1, new KeyValuePair<string, object?>("outcome", isProbe ? "probe" : Outcome(result)));
    }

    /// <summary>Counts images that went between replicas.</summary>
    /// <param name="count">How many.</param>
    /// <param name="isOfAnother">Whether another replica asked and this one answered, or the other way round.</param>
    public void AddShared(int count, bool isOfAnother) => _shared.Add(count, new KeyValuePair<string, object?>("direction", isOfAnother ? "in" : "out"));

    /// <inheritdoc/>
    public void Dispose()
    {
        _meter.Dispose();
        Traces.Dispose();
    }

    private static string Outcome(ScanResult result) =>
        result.Error is not null ? "unreadable" : result.Accepted ? AnswerJson.Verdict(result) ?? "answered" : "refused";
}
