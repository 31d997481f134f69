using System.Net;
using Polly;
using Polly.Retry;

namespace Gyrus.DicomWeb;

/// <summary>Asks again where an archive is away for a while, as when it is started anew.</summary>
public static class ArchiveRetry
{
    /// <summary>Tries after the first, unless others are given: with growing waits of half a second to a quarter of a minute, a minute and a half in all.</summary>
    public const int UsualRetries = 9;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(0.5), LongestWait = TimeSpan.FromSeconds(15);

    /// <summary>The way of asking.</summary>
    /// <param name="retries">Tries after the first.</param>
    /// <param name="onRetry">Told what is waited for, in a few words.</param>
    /// <param name="time">The clock.</param>
    public static ResiliencePipeline Pipeline(int retries, Action<string>? onRetry, TimeProvider? time = null)
    {
        if (retries == 0) return ResiliencePipeline.Empty;
        return new ResiliencePipelineBuilder { TimeProvider = time }.AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = retries,
            BackoffType = DelayBackoffType.Exponential,
            Delay = FirstWait,
            MaxDelay = LongestWait,
            UseJitter = true,
            ShouldHandle = arguments => ValueTask.FromResult(IsPassing(arguments.Outcome.Exception)),
            OnRetry = arguments =>
            {
                onRetry?.Invoke($"{arguments.Outcome.Exception!.Message.TrimEnd('.')}; asking again in {arguments.RetryDelay.TotalSeconds:0.#} s");
                return ValueTask.CompletedTask;
            },
        }).Build();
    }

    /// <summary>Whether it may be better in a while: no connection, one that broke off, or an archive that says so.</summary>
    private static bool IsPassing(Exception? error) => error is HttpRequestException { StatusCode: var status }
        ? status is null or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout
        : error is IOException or TimeoutException;
}
