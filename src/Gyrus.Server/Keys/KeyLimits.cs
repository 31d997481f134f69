using System.Globalization;
using System.Threading.RateLimiting;
using Gyrus.Server.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace Gyrus.Server.Keys;

/// <summary>Limits each key to its requests a minute: a bucket of a minute's tokens, filled every second.</summary>
internal static class KeyLimits
{
    public static void Configure(RateLimiterOptions options)
    {
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => CallerKey.Of(context) is { } key
            ? RateLimitPartition.GetTokenBucketLimiter(key.Id, _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = key.PerMinute,
                TokensPerPeriod = Math.Max(1, key.PerMinute / 60),
                ReplenishmentPeriod = TimeSpan.FromSeconds(Math.Max(1, 60.0 / key.PerMinute)),
                QueueLimit = 0,
            })
            : RateLimitPartition.GetNoLimiter(""));
        options.OnRejected = async (rejected, _) =>
        {
            int seconds = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait)
                ? Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)) : 1;
            await rejected.HttpContext.RequestServices.GetRequiredService<ProblemAnswers>().Write(
                rejected.HttpContext,
                new ServiceProblem(StatusCodes.Status429TooManyRequests, "Too many requests", string.Create(
                    CultureInfo.InvariantCulture, $"This key is good for fewer requests a minute. Try again in {seconds} s."))
                {
                    RetryAfter = seconds,
                });
        };
    }
}
