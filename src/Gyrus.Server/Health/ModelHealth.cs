using Gyrus.Imaging;
using Gyrus.Inference;
using Gyrus.Server.Classification;
using Gyrus.Server.Database;
using Gyrus.Server.Problems;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Gyrus.Server.Health;

/// <summary>Whether the service can do what it is for: it classifies a small image as callers' images are, and asks the
/// database. The answer is kept for a few seconds.</summary>
internal sealed partial class ModelHealth(
    ClassificationQueue queue, IDbContextFactory<ServiceDatabase> databases, TimeProvider time, ILogger<ModelHealth> log)
    : IDisposable
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(10);
    private static readonly ScanFile Probe = new("probe", PngEncoder.Encode(new Scan(8, 8, "RGB", "png", new byte[3 * 64])));

    private readonly SemaphoreSlim _one = new(1);
    private DateTimeOffset _asked = DateTimeOffset.MinValue;
    private bool _ready;

    /// <summary>Whether the model answers and the database does.</summary>
    public async Task<bool> IsReady(CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            if (time.GetUtcNow() - _asked < Freshness) return _ready;
            _ready = await Answers(cancellation);
            _asked = time.GetUtcNow();
            return _ready;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private async Task<bool> Answers(CancellationToken cancellation)
    {
        try
        {
            var result = (await queue.Classify([Probe], cancellation).WaitAsync(LongestAnswer, cancellation))[0];
            await using var database = await databases.CreateDbContextAsync(cancellation);
            return result.Error is null && await database.Database.CanConnectAsync(cancellation);
        }
        catch (ServiceProblem)
        {
            // A full queue that moves is a service at work, not a broken one: callers are told 503 with Retry-After.
            return queue.SinceLastMove < LongestAnswer;
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            LogUnready(e);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Error, "The model does not answer")]
    private partial void LogUnready(Exception exception);
}
