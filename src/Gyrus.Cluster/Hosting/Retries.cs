using Polly;
using Polly.Retry;

namespace Gyrus.Cluster.Hosting;

/// <summary>How a node goes on where the store or another node is away: it asks again, ever later, until it is stopped. What is asked may be asked twice.</summary>
internal static class Retries
{
    /// <param name="longest">The longest time between two tries.</param>
    public static ResiliencePipeline Until(TimeSpan longest) => new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions
    {
        // What a user has to mend does not mend itself.
        ShouldHandle = new PredicateBuilder().Handle<Exception>(e => e is not (GyrusException or OperationCanceledException)),
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Delay = TimeSpan.FromMilliseconds(200),
        MaxDelay = longest,
        MaxRetryAttempts = int.MaxValue,
    }).Build();
}
