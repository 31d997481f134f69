using Gyrus.Inference;
using Gyrus.Server.Telemetry;
using Microsoft.Extensions.Logging;

namespace Gyrus.Server.Classification;

/// <summary>Asks other replicas of the service, if there are any: where they do not answer, this one does as one that is alone.</summary>
/// <param name="others">The others; null where there are none.</param>
/// <param name="metrics">Counts what they answer.</param>
/// <param name="log">Takes failures.</param>
internal sealed partial class Elsewhere(IOtherReplicas? others, ServiceMetrics metrics, ILogger log)
{
    /// <summary>Whether one of them said last that it has room.</summary>
    public async Task<bool> HasRoom()
    {
        try
        {
            return others is not null && await others.HaveRoom();
        }
        catch (Exception e)
        {
            LogAlone(e.Message);
            return false;
        }
    }

    /// <summary>Has them answer images.</summary>
    /// <returns>A result a file, in order; null where they do not.</returns>
    public async Task<ScanResult[]?> Answer(IReadOnlyList<ScanFile> files, CancellationToken cancellation)
    {
        if (others is null) return null;
        try
        {
            if (await others.Answer(files, cancellation) is not { } results) return null;
            metrics.AddShared(results.Length, isOfAnother: false);
            return results;
        }
        catch (Exception e)
        {
            if (!cancellation.IsCancellationRequested) LogAlone(e.Message);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Other replicas do not answer: {Reason}")]
    private partial void LogAlone(string reason);
}
