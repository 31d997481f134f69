using Gyrus.Server.Database;
using Gyrus.Server.Problems;
using Microsoft.AspNetCore.Http;

namespace Gyrus.Server.Keys;

/// <summary>Asks callers for a key: where one was made, and wherever other machines can reach the service.</summary>
/// <param name="keys">The keys.</param>
/// <param name="isReachable">Whether other machines can reach the service.</param>
/// <param name="open">Paths that need no key: what a load balancer and a browser need before they can give one. None of it tells of
/// images.</param>
/// <param name="problems">Answers those who have none.</param>
internal sealed class CallerKey(KeyStore keys, bool isReachable, IReadOnlySet<string> open, ProblemAnswers problems) : IMiddleware
{
    /// <summary>The header that a key travels in.</summary>
    public const string Header = "x-api-key";

    /// <summary>The key of a request's caller; null where none was needed.</summary>
    public static ApiKey? Of(HttpContext context) => context.Items[typeof(ApiKey)] as ApiKey;

    /// <summary>The name whose results alone a request's caller sees and may delete; null where it is all results.</summary>
    public static string? OwnerOf(HttpContext context) => Of(context) is { AllResults: false } key ? key.Name : null;

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!open.Contains(context.Request.Path.Value ?? "") && (isReachable || await keys.AnyEver(context.RequestAborted)))
        {
            var key = await keys.Find(context.Request.Headers[Header], context.RequestAborted);
            if (key is null)
            {
                await problems.Write(context, new ServiceProblem(
                    StatusCodes.Status401Unauthorized, "No good key",
                    $"Send a key in the header {Header}. Whoever runs this service makes them, and takes them back."));
                return;
            }
            context.Items[typeof(ApiKey)] = key;
        }
        await next(context);
    }
}
