using System.Net;
using Gyrus.Server.Problems;
using Gyrus.Server.WebPage;
using Microsoft.AspNetCore.Http;

namespace Gyrus.Server.Safety;

/// <summary>
/// Keeps web pages of others from using this service through a visitor's browser: a request that a page of another origin
/// makes is refused and, where this machine alone can reach the service, so is one for another host's name, which a name
/// server can point here (DNS rebinding). Sets the headers that browsers keep to.
/// </summary>
/// <param name="isReachable">Whether other machines can reach the service.</param>
/// <param name="problems">Answers those who are refused.</param>
internal sealed class BrowserGuard(bool isReachable, ProblemAnswers problems) : IMiddleware
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        // When the answer starts: one that tells of an exception begins with no headers.
        context.Response.OnStarting(SetHeaders, context);
        var host = context.Request.Host;
        if (!isReachable && !IsOfThisMachine(host.Host))
            await problems.Write(context, ServiceProblem.Forbidden("This service answers to localhost and 127.0.0.1 alone."));
        else if (context.Request.Headers.Origin is [{ } origin] && !IsSame(origin, host))
            await problems.Write(context, ServiceProblem.Forbidden("Pages of other origins may not use this service."));
        else await next(context);
    }

    private static Task SetHeaders(object state)
    {
        var context = (HttpContext)state;
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        if (headers.CacheControl.Count == 0) headers.CacheControl = "no-store";
        // Scalar writes its styles into the page; scripts are files everywhere.
        var styles = context.Request.Path == ApiPage.Path ? "style-src 'self' 'unsafe-inline'; " : "";
        // The codecs of packed DICOM pixels are WebAssembly of the service's own.
        headers.ContentSecurityPolicy = $"default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; {styles}img-src 'self' data: blob:; object-src 'none'; "
            + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
        return Task.CompletedTask;
    }

    private static bool IsOfThisMachine(string host) =>
        host is "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static bool IsSame(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var address)
        && string.Equals(address.Authority, host.Value, StringComparison.OrdinalIgnoreCase);
}
