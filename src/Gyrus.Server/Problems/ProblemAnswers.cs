using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;

namespace Gyrus.Server.Problems;

/// <summary>Turns what went wrong in a request into problem details.</summary>
internal sealed partial class ProblemAnswers(IProblemDetailsService details, ILogger<ProblemAnswers> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellation)
    {
        if (exception is OperationCanceledException && context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }
        var problem = exception switch
        {
            ServiceProblem known => known,
            BadHttpRequestException bad => RequestWords.Of(bad, context),
            _ when FullDisk.IsBehind(exception) => Full(exception),
            _ => Defect(exception),
        };
        await Write(context, problem);
        return true;
    }

    /// <summary>Answers a request that ended with a status and no word.</summary>
    public Task Explain(HttpContext context) => Write(context, RequestWords.OfStatus(context.Response.StatusCode, context));

    /// <summary>Answers with a problem.</summary>
    public async Task Write(HttpContext context, ServiceProblem problem)
    {
        context.Response.StatusCode = problem.Status;
        if (problem.RetryAfter is { } seconds)
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        // What is left of the body is not read, so the connection is good for no other request.
        if (problem.Status == StatusCodes.Status413PayloadTooLarge) context.Response.Headers.Connection = "close";
        await details.WriteAsync(new ProblemDetailsContext
        {
            HttpContext = context,
            ProblemDetails = new ProblemDetails { Status = problem.Status, Title = problem.Title, Detail = problem.Message },
        });
    }

    private ServiceProblem Full(Exception exception)
    {
        LogFull(exception);
        return new ServiceProblem(
            StatusCodes.Status507InsufficientStorage, "No room",
            "The service's disk is full or cannot be written, so this answer could not be recorded and is not given. Whoever runs the "
            + "service has to make room; then send the request again.");
    }

    [LoggerMessage(LogLevel.Error, "Nothing can be recorded: the disk is full or cannot be written")]
    private partial void LogFull(Exception exception);

    private ServiceProblem Defect(Exception exception)
    {
        LogDefect(exception);
        return new ServiceProblem(
            StatusCodes.Status500InternalServerError, "Internal error", "This is a defect of the service; its log says more.");
    }

    [LoggerMessage(LogLevel.Error, "A request failed")]
    private partial void LogDefect(Exception exception);
}
