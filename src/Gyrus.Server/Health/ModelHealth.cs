using Gyrus.Server.Classification;
using Gyrus.Server.Database;
using Gyrus.Server.History;
using Gyrus.Server.Problems;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Gyrus.Server.Health;

/// <summary>Whether the service can do what it is for: it classifies a small image as callers' images are, and asks the
/// database and the folder of kept images whether they can be written. A good answer is kept for a few seconds, a bad one is
/// not: what is mended is ready at once.</summary>
internal sealed partial class ModelHealth(
    ClassificationQueue queue, IDbContextFactory<ServiceDatabase> databases, KeptImages images, TimeProvider time,
    ILogger<ModelHealth> log)
    : IDisposable
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim _one = new(1);
    private DateTimeOffset _asked = DateTimeOffset.MinValue;
    private bool _ready;

    /// <summary>Whether the model answers, or is busy with callers' images, and what is recorded can be.</summary>
    public async Task<bool> IsReady(CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            if (_ready && time.GetUtcNow() - _asked < Freshness) return true;
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
            await using (var database = await databases.CreateDbContextAsync(cancellation))
            {
                // An open connection to a file that was deleted can still be written through, for nobody to read.
                if (!await database.Database.CanConnectAsync(cancellation)) return false;
                await HealthMark.Write(database, time.GetUtcNow(), cancellation);
            }
            images.CheckWritable();
            // Taken out of the queue where the answer does not come in time.
            using var limit = new CancellationTokenSource(LongestAnswer, time);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
            return (await queue.Probe(patience.Token).WaitAsync(patience.Token)).Error is null;
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

    [LoggerMessage(LogLevel.Error, "Not ready: the model does not answer, or what it answers cannot be recorded")]
    private partial void LogUnready(Exception exception);
}
