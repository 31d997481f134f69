using System.Threading.Channels;
using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.Encoders;
using Gyrus.Inference;
using Gyrus.Server.Problems;
using Gyrus.Server.Telemetry;
using Microsoft.Extensions.Logging;

namespace Gyrus.Server.Classification;

/// <summary>
/// Brings the images of requests to the network: those that come together go through it together, and no more wait than
/// the limit. Where there are other replicas, they answer what would be more, and what waits here when the service ends.
/// </summary>
internal sealed partial class ClassificationQueue : IDisposable
{
    /// <summary>How long an image waits for others to share a batch with.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(3);

    /// <summary>Images that wait for other replicas together where the service ends; meanwhile the workers go on with the rest.</summary>
    private const int HandedAtOnce = 32;

    /// <summary>How long other replicas have for them. A host that ends has 30 seconds for its requests, and those that come back need some.</summary>
    private static readonly TimeSpan HandOverPatience = TimeSpan.FromSeconds(15);

    private static readonly ScanFile ProbeFile =
        new("probe", PngEncoder.Encode(new Scan(8, 8, "RGB", "png", new byte[3 * 64])));

    private readonly Channel<QueuedImage> _jobs = Channel.CreateUnbounded<QueuedImage>();
    private readonly ScanClassifier _classifier;
    private readonly ScanImage _probe;
    private readonly int _batchSize;
    private readonly int _limit;
    private readonly ServiceMetrics _metrics;
    private readonly ILogger _log;
    private readonly Elsewhere _elsewhere;
    private readonly Thread[] _threads;
    private int _waiting;
    private volatile bool _isEnding;
    private readonly TimeProvider _time;
    private long _lastMove;

    /// <param name="classifier">The network; not disposed.</param>
    /// <param name="batchSize">The most images that go through the network together.</param>
    /// <param name="workers">Threads, each with a batch of its own.</param>
    /// <param name="limit">The most images that wait or are being looked at.</param>
    /// <param name="time">The clock.</param>
    /// <param name="metrics">Counts what is done.</param>
    /// <param name="log">Takes failures.</param>
    /// <param name="others">Other replicas; null where there are none.</param>
    public ClassificationQueue(
        ScanClassifier classifier, int batchSize, int workers, int limit, TimeProvider time, ServiceMetrics metrics,
        ILogger<ClassificationQueue> log, IOtherReplicas? others = null)
    {
        (_classifier, _batchSize, _limit, _time, _metrics, _log) = (classifier, batchSize, limit, time, metrics, log);
        _elsewhere = new Elsewhere(others, metrics, log);
        _lastMove = time.GetTimestamp();
        _probe = classifier.Image(ProbeFile);
        metrics.Watch(() => Waiting);
        _threads = [.. Enumerable.Range(0, workers).Select(number =>
        {
            var thread = new Thread(Work) { IsBackground = true, Name = $"classify {number}" };
            thread.Start();
            return thread;
        })];
    }

    /// <summary>Images that wait or are being looked at.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>How many more there may be.</summary>
    public int Room => _isEnding ? 0 : Math.Max(0, _limit - Waiting);

    /// <summary>How long no image has been answered while some waited.</summary>
    public TimeSpan SinceLastMove => _time.GetElapsedTime(Volatile.Read(ref _lastMove));

    /// <summary>Asks for room before the work of getting an image, which is not done for nothing then. It is not kept free: an image that
    /// is slow to get keeps none from their answers.</summary>
    /// <exception cref="ServiceProblem">The queue is full, and those of other replicas.</exception>
    public async Task RequireRoom()
    {
        if (Waiting >= _limit && !await _elsewhere.HasRoom()) throw Full();
    }

    /// <summary>Classifies images.</summary>
    /// <param name="files">The images of one request; all are taken or none.</param>
    /// <param name="cancellation">Takes those out that no worker has begun with.</param>
    /// <returns>A result a file, in order.</returns>
    /// <exception cref="ServiceProblem">They would make the queue longer than its limit, and no other replica has room for them.</exception>
    public async Task<ScanResult[]> Classify(IReadOnlyList<ScanFile> files, CancellationToken cancellation)
    {
        if (_isEnding || !TryEnter(files.Count))
        {
            if (await _elsewhere.Answer(files, cancellation) is { } answered) return answered;
            cancellation.ThrowIfCancellationRequested();
            if (!_isEnding || !TryEnter(files.Count)) throw Full();
        }
        return await Run([.. files.Select(file => new QueuedImage(_classifier.Image(file), cancellation) { File = file })]);
    }

    /// <summary>Classifies images of another replica, which are never handed on.</summary>
    /// <param name="files">The images; all are taken or none.</param>
    /// <param name="cancellation">Takes those out that no worker has begun with.</param>
    /// <returns>A result a file, in order; null where there is no room for them, or the service ends before a worker began with them.</returns>
    public async Task<ScanResult[]?> ClassifyForAnother(IReadOnlyList<ScanFile> files, CancellationToken cancellation)
    {
        if (_isEnding || !TryEnter(files.Count)) return null;
        try
        {
            var results = await Run([.. files.Select(file => new QueuedImage(_classifier.Image(file), cancellation) { IsOfAnother = true })]);
            _metrics.AddShared(results.Length, isOfAnother: true);
            return results;
        }
        catch (ServiceProblem)
        {
            return null;
        }
    }

    /// <summary>Classifies many images beside those of others: no more of them are in the queue than the workers take at once, so that another's image waits for no
    /// more than these. They do not count for the limit.</summary>
    /// <param name="images">The images.</param>
    /// <param name="cancellation">Takes those out that no worker has begun with.</param>
    /// <returns>A result an image, in order. No image is being read any more once this ends, however it ends.</returns>
    /// <exception cref="ServiceProblem">The service is ending.</exception>
    public async Task<ScanResult[]> ClassifyAside(IReadOnlyList<ScanImage> images, CancellationToken cancellation)
    {
        using var trace = _metrics.Traces.StartActivity("classify")?.SetTag("gyrus.images", images.Count);
        var results = new ScanResult[images.Count];
        var together = new ParallelOptions { MaxDegreeOfParallelism = _batchSize * _threads.Length, CancellationToken = cancellation };
        await Parallel.ForAsync(0, images.Count, together, async (i, stop) =>
        {
            var job = new QueuedImage(images[i], stop) { IsCounted = false };
            Put(job);
            results[i] = await job.Answer.Task;
        });
        return results;
    }

    /// <summary>Classifies a small image of the service's own, by the way that callers' images go.</summary>
    /// <param name="cancellation">Takes it out if no worker has begun with it.</param>
    /// <exception cref="ServiceProblem">The queue is full.</exception>
    public async Task<ScanResult> Probe(CancellationToken cancellation) =>
        TryEnter(1) ? (await Run([new QueuedImage(_probe, cancellation)]))[0] : throw Full();

    /// <summary>Has other replicas answer the images that wait and that no worker has begun with, as where the service ends. Those that none of them takes are answered here.</summary>
    public async Task HandOver()
    {
        _isEnding = true;
        using var patience = new CancellationTokenSource(HandOverPatience, _time);
        int left = _jobs.Reader.Count;
        await Task.WhenAll(Enumerable.Range(0, HandedAtOnce).Select(async _ =>
        {
            while (Interlocked.Decrement(ref left) >= 0 && _jobs.Reader.TryRead(out var job))
            {
                if (!await HandOver(job, patience.Token)) Volatile.Write(ref left, 0);
            }
        }));
    }

    /// <summary>Ends the workers once what waits is done.</summary>
    public void Dispose()
    {
        _jobs.Writer.TryComplete();
        foreach (var thread in _threads) thread.Join();
    }

    /// <summary>Has other replicas answer an image that waits.</summary>
    /// <returns>False where none has room.</returns>
    private async Task<bool> HandOver(QueuedImage job, CancellationToken cancellation)
    {
        if (job.IsOfAnother)
        {
            // Whose it is finds another place for it.
            Refuse(job);
            return true;
        }
        if (job.File is null || job.Cancellation.IsCancellationRequested)
        {
            Put(job);
            return true;
        }
        if (await _elsewhere.Answer([job.File], cancellation) is not { } results)
        {
            Put(job);
            return false;
        }
        Uncount(job);
        job.Answer.TrySetResult(results[0]);
        return true;
    }

    /// <summary>Takes places in the queue, if there are so many.</summary>
    private bool TryEnter(int count)
    {
        int waiting = Interlocked.Add(ref _waiting, count);
        if (waiting > _limit)
        {
            Interlocked.Add(ref _waiting, -count);
            return false;
        }
        // The first after a pause: the pause was no standstill.
        if (waiting == count) Volatile.Write(ref _lastMove, _time.GetTimestamp());
        return true;
    }

    /// <summary>Brings images that have places to the workers.</summary>
    private async Task<ScanResult[]> Run(List<QueuedImage> jobs)
    {
        using var trace = _metrics.Traces.StartActivity("classify")?.SetTag("gyrus.images", jobs.Count);
        jobs.ForEach(Put);
        return await Task.WhenAll(jobs.Select(job => job.Answer.Task));
    }

    private ServiceProblem Full() => ServiceProblem.Busy(
        $"More images wait for the model than the queue holds, which is {_limit}.", retryAfter: 1, "with fewer images at once");

    private void Put(QueuedImage job)
    {
        if (!_jobs.Writer.TryWrite(job)) Refuse(job);
    }

    private void Refuse(QueuedImage job)
    {
        Uncount(job);
        job.Answer.TrySetException(ServiceProblem.Busy("The service is ending.", retryAfter: 5));
    }

    private void Uncount(QueuedImage job)
    {
        if (job.IsCounted) Interlocked.Decrement(ref _waiting);
    }

    private void Work()
    {
        var worker = _classifier.NewWorker();
        var batch = new List<QueuedImage>(_batchSize);
        while (Fill(batch))
        {
            try
            {
                long begin = _time.GetTimestamp();
                var results = worker.Classify([.. batch.Select(job => job.Image)]);
                _metrics.Add(results, _time.GetElapsedTime(begin), [.. batch.Select(job => ReferenceEquals(job.Image, _probe))]);
                Volatile.Write(ref _lastMove, _time.GetTimestamp());
                foreach (var (job, result) in batch.Zip(results)) job.Answer.TrySetResult(result);
            }
            catch (Exception e)
            {
                // Whatever it is, those who asked have to be told, and the next batch may do better.
                LogFailure(e);
                foreach (var job in batch) job.Answer.TrySetException(e);
                worker = _classifier.NewWorker();
            }
            batch.ForEach(Uncount);
        }
    }

    /// <summary>Waits for an image, and a little for more.</summary>
    /// <returns>False at the end.</returns>
    private bool Fill(List<QueuedImage> batch)
    {
        batch.Clear();
        var reader = _jobs.Reader;
        var end = long.MaxValue;
        while (batch.Count < _batchSize)
        {
            if (reader.TryRead(out var job))
            {
                if (job.Cancellation.IsCancellationRequested)
                {
                    job.Answer.TrySetCanceled(job.Cancellation);
                    Uncount(job);
                    continue;
                }
                batch.Add(job);
                // By the machine's own clock, by which threads sleep.
                if (batch.Count == 1) end = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
                continue;
            }
            if (batch.Count == 0)
            {
                if (!reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult()) return false;
                continue;
            }
            if (Environment.TickCount64 >= end) break;
            Thread.Sleep(1);
        }
        return true;
    }

    [LoggerMessage(LogLevel.Error, "A batch failed")]
    private partial void LogFailure(Exception exception);
}
