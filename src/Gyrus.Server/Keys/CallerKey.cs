using Gyrus.Server.Page;
using Gyrus.Server.Problems;
using Microsoft.AspNetCore.Http;

namespace Gyrus.Server.Keys;

/// <summary>Asks callers for a key: where one was made, and wherever other machines can reach the service.</summary>
internal sealed class CallerKey(KeyStore keys, ServiceOptions options, ProblemAnswers problems) : IMiddleware
{
    /// <summary>The header that a key travels in.</summary>
    public const string Header = "x-api-key";

    // What a load balancer and a browser need before they can give a key; none of it tells of images.
    private static readonly string[] Open = ["/v2/health/live", "/v2/health/ready"];

    /// <summary>The key of a request's caller; null where none was needed.</summary>
    public static ApiKey? Of(HttpContext context) => context.Items[typeof(ApiKey)] as ApiKey;

    /// <summary>The name whose results alone a request's caller sees and may delete; null where it is all results.</summary>
    public static string? OwnerOf(HttpContext context) => Of(context) is { AllResults: false } key ? key.Name : null;

    private static bool IsOpen(string? path) => Open.Contains(path) || PageFiles.Has(path) || ApiPage.Has(path);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!IsOpen(context.Request.Path.Value) && (options.IsReachable || await keys.AnyEver(context.RequestAborted)))
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
