using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gyrus.Server.History;

/// <summary>Deletes results that are older than they are to be kept: at the start, and each hour.</summary>
/// <param name="age">How long they are kept; null for ever.</param>
/// <param name="deletion">Deletes them.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Takes failures.</param>
internal sealed partial class ResultRetention(
    TimeSpan? age, ResultDeletion deletion, TimeProvider time, ILogger<ResultRetention> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (age is not { } kept) return;
        using var timer = new PeriodicTimer(Pause, time);
        do
        {
            try
            {
                await deletion.DeleteBefore(time.GetUtcNow() - kept, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // The service answers all the same, and the next hour may do better.
                LogFailure(e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(LogLevel.Error, "Old results could not be deleted; it is tried again in an hour")]
    private partial void LogFailure(Exception exception);
}
