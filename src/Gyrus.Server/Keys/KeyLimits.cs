using System.Globalization;
using System.Threading.RateLimiting;
using Gyrus.Server.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace Gyrus.Server.Keys;

/// <summary>Limits each key to its requests in any 60 seconds.</summary>
internal static class KeyLimits
{
    /// <summary>A window that slides second by second: what was used comes back a minute later, so that no burst at its edge gives
    /// twice as many.</summary>
    /// <param name="perMinute">Requests in any 60 seconds.</param>
    internal static SlidingWindowRateLimiterOptions Window(int perMinute) => new()
    {
        PermitLimit = perMinute,
        Window = TimeSpan.FromMinutes(1),
        SegmentsPerWindow = 60,
        QueueLimit = 0,
    };

    /// <param name="options">Takes the limits.</param>
    /// <param name="shared">Makes a key's limit, of its name and its requests a minute, that replicas share; null for one of this process.</param>
    public static void Configure(RateLimiterOptions options, Func<string, int, RateLimiter>? shared)
    {
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => CallerKey.Of(context) switch
        {
            null => RateLimitPartition.GetNoLimiter(""),
            var key when shared is null => RateLimitPartition.GetSlidingWindowLimiter(key.Id, _ => Window(key.PerMinute)),
            var key => RateLimitPartition.Get(key.Id, _ => shared(key.Id, key.PerMinute)),
        });
        options.OnRejected = async (rejected, _) =>
        {
            int seconds = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait)
                ? Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)) : 1;
            await rejected.HttpContext.RequestServices.GetRequiredService<ProblemAnswers>().Write(
                rejected.HttpContext,
                new ServiceProblem(StatusCodes.Status429TooManyRequests, "Too many requests", string.Create(
                    CultureInfo.InvariantCulture,
                    $"This key is good for {CallerKey.Of(rejected.HttpContext)!.PerMinute} requests a minute, which are used up. Try again in {seconds} s."))
                {
                    RetryAfter = seconds,
                });
        };
    }
}
