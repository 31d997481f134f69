using Polly;
using Polly.Retry;

namespace Gyrus.Cluster.Connecting;

/// <summary>How a machine goes on where the store or a node is away: it asks again, ever later. So what is asked may be asked twice.</summary>
internal static class Retries
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>As a node does: until it is stopped.</summary>
    public static ResiliencePipeline ForEver => Of(int.MaxValue);

    /// <summary>As a client does: for a minute and a half, in which a cluster gets over the loss of a node. Then the last error is thrown.</summary>
    public static ResiliencePipeline ForAWhile => Of(tries: 14);

    private static ResiliencePipeline Of(int tries) => new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions
    {
        // What a user has to mend does not mend itself.
        ShouldHandle = new PredicateBuilder().Handle<Exception>(e => e is not (GyrusException or OperationCanceledException)),
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Delay = TimeSpan.FromMilliseconds(200),
        MaxDelay = Longest,
        MaxRetryAttempts = tries,
    }).Build();
}
