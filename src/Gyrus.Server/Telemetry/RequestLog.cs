using System.Diagnostics;
using Gyrus.Server.Keys;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Gyrus.Server.Telemetry;

/// <summary>A line in the log for each request, whatever became of it. A request's query, headers and body are not in it: they may
/// tell of a patient.</summary>
internal sealed partial class RequestLog(ILogger<RequestLog> log) : IMiddleware
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        long begin = Stopwatch.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            LogRequest(
                context.Request.Method, context.Request.Path.Value ?? "/", context.Response.StatusCode,
                (long)Stopwatch.GetElapsedTime(begin).TotalMilliseconds, CallerKey.Of(context)?.Name ?? "none", context.TraceIdentifier);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Method} {Path} {Status} in {Milliseconds} ms, key {Key}, request {Request}")]
    private partial void LogRequest(string method, string path, int status, long milliseconds, string key, string request);
}
