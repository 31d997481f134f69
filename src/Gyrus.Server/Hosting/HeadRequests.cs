using Microsoft.AspNetCore.Http;

namespace Gyrus.Server.Hosting;

/// <summary>Answers HEAD wherever there is a GET, as RFC 9110 has it (section 9.3.2): with the same status and headers. The server
/// leaves the body out.</summary>
internal sealed class HeadRequests : IMiddleware
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        bool isHead = HttpMethods.IsHead(context.Request.Method);
        if (isHead) context.Request.Method = HttpMethods.Get;
        try
        {
            await next(context);
        }
        finally
        {
            if (isHead) context.Request.Method = HttpMethods.Head;
        }
    }
}
