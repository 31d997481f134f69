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
    private readonly Histogram<int> _batches;
    private readonly Histogram<double> _seconds;

    public ServiceMetrics()
    {
        _images = _meter.CreateCounter<long>(
            "gyrus.images", "{image}", "Images that were answered, by outcome: tumour, healthy, refused or unreadable.");
        _batches = _meter.CreateHistogram<int>("gyrus.batch.size", "{image}", "Images that went through the network together.");
        _seconds = _meter.CreateHistogram<double>("gyrus.batch.duration", "s", "From a batch's decoding to its answers.");
    }

    /// <summary>The source of traces.</summary>
    public ActivitySource Traces { get; } = new(Name);

    /// <summary>Tells how many images wait, whenever it is asked.</summary>
    public void Watch(Func<int> waiting) =>
        _meter.CreateObservableGauge("gyrus.queue.length", waiting, "{image}", "Images that wait or are being looked at.");

    /// <summary>Counts a batch.</summary>
    public void Add(IReadOnlyList<ScanResult> results, TimeSpan duration)
    {
        _batches.Record(results.Count);
        _seconds.Record(duration.TotalSeconds);
        foreach (var result in results) _images.Add(1, new KeyValuePair<string, object?>("outcome", Outcome(result)));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _meter.Dispose();
        Traces.Dispose();
    }

    private static string Outcome(ScanResult result) =>
        result.Error is not null ? "unreadable" : result.Accepted ? AnswerJson.Verdict(result) : "refused";
}
