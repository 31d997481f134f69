using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Gyrus.Server.Problems;

/// <summary>Says in words for callers what the framework says of a request to programmers.</summary>
internal static class RequestWords
{
    private static readonly Dictionary<Type, (Func<string, bool> Fits, string Wanted)> Kinds = new()
    {
        [typeof(int)] = (text => int.TryParse(text, CultureInfo.InvariantCulture, out _), "a whole number"),
        [typeof(bool)] = (text => bool.TryParse(text, out _), "true or false"),
        [typeof(DateTimeOffset)] = (
            text => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
            "a time as 2026-11-27T08:30:00Z (a + in an address is written %2B)"),
    };

    /// <summary>What a body that is no JSON, or other JSON than is wanted, is told.</summary>
    public static ServiceProblem NoJson(JsonException exception)
    {
        var where = exception.LineNumber is { } line
            ? string.Create(CultureInfo.InvariantCulture, $" at line {line + 1}, byte {exception.BytePositionInLine + 1}") : "";
        return ServiceProblem.BadRequest(
            $"The body is not the JSON that is wanted here: look{where}. /openapi/v1.json has the names and kinds of its fields.");
    }

    /// <summary>What a request is told that the framework cannot read.</summary>
    public static ServiceProblem Of(BadHttpRequestException exception, HttpContext context) => exception switch
    {
        { StatusCode: StatusCodes.Status413PayloadTooLarge } =>
            ServiceProblem.TooLarge("The body is larger than this service takes. Send fewer or smaller images."),
        { InnerException: JsonException json } => NoJson(json),
        { StatusCode: StatusCodes.Status400BadRequest } when WrongQuery(context) is { } wrong => ServiceProblem.BadRequest(wrong),
        _ => OfStatus(exception.StatusCode, context),
    };

    /// <summary>What a request is told that ended with a status and no word.</summary>
    public static ServiceProblem OfStatus(int status, HttpContext context) => status switch
    {
        StatusCodes.Status400BadRequest => ServiceProblem.BadRequest(
            "The request is not built as it should be: its body is missing or cut off. /openapi/v1.json describes what is wanted."),
        StatusCodes.Status404NotFound => ServiceProblem.NotFound(
            "There is nothing at this address. /api shows, and /openapi/v1.json lists, what there is."),
        StatusCodes.Status405MethodNotAllowed => new ServiceProblem(
            status, "Method not allowed", $"This address does not take {context.Request.Method}. Use {context.Response.Headers.Allow}."),
        StatusCodes.Status408RequestTimeout => new ServiceProblem(
            status, "Too slow", "The body came too slowly. Send it again, over a faster connection or with fewer images."),
        StatusCodes.Status415UnsupportedMediaType => ServiceProblem.UnsupportedMediaType(
            "Send JSON with a Content-Type of application/json."),
        _ => new ServiceProblem(status, "The request cannot be answered", "/openapi/v1.json describes what is wanted here."),
    };

    private static string? WrongQuery(HttpContext context)
    {
        // A context has no endpoint any more once an exception is told of.
        var endpoint = context.Features.Get<IExceptionHandlerFeature>()?.Endpoint;
        foreach (var parameter in endpoint?.Metadata.GetOrderedMetadata<IParameterBindingMetadata>() ?? [])
        {
            var type = parameter.ParameterInfo.ParameterType;
            var name = $"{char.ToLowerInvariant(parameter.Name[0])}{parameter.Name[1..]}";
            if (Kinds.TryGetValue(Nullable.GetUnderlyingType(type) ?? type, out var kind)
                && context.Request.Query.TryGetValue(name, out var value) && !kind.Fits(value.ToString()))
            {
                return $"{name} is {kind.Wanted}.";
            }
        }
        return null;
    }
}
