using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Gyrus.Server.Problems;

/// <summary>A request that cannot be answered, as the caller is told: RFC 9457, "Problem Details for HTTP APIs".</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="title">What kind of problem it is, the same for all of its kind.</param>
/// <param name="detail">What is wrong with this request and what to do.</param>
internal sealed class ServiceProblem(int status, string title, string detail) : Exception(detail)
{
    public int Status { get; } = status;

    public string Title { get; } = title;

    /// <summary>After how many seconds it is worth trying again; null where it never is.</summary>
    public int? RetryAfter { get; init; }

    public static ServiceProblem BadRequest(string detail) => new(StatusCodes.Status400BadRequest, "Bad request", detail);

    public static ServiceProblem NotFound(string detail) => new(StatusCodes.Status404NotFound, "Not found", detail);

    public static ServiceProblem TooLarge(string detail) =>
        new(StatusCodes.Status413PayloadTooLarge, "Too large", detail);

    public static ServiceProblem UnsupportedMediaType(string detail) =>
        new(StatusCodes.Status415UnsupportedMediaType, "Unsupported media type", detail);

    public static ServiceProblem Unprocessable(string detail) =>
        new(StatusCodes.Status422UnprocessableEntity, "The image cannot be used", detail);

    public static ServiceProblem Forbidden(string detail) => new(StatusCodes.Status403Forbidden, "Not allowed", detail);

    /// <param name="why">What there is too much of, as a sentence.</param>
    /// <param name="retryAfter">After how many seconds it is worth trying again.</param>
    /// <param name="otherwise">What else helps, as the rest of a sentence; null for nothing.</param>
    public static ServiceProblem Busy(string why, int retryAfter, string? otherwise = null) => new(
        StatusCodes.Status503ServiceUnavailable, "Busy", string.Create(
            CultureInfo.InvariantCulture, $"{why} Try again in {retryAfter} s{(otherwise is null ? "" : ", or " + otherwise)}."))
    {
        RetryAfter = retryAfter,
    };
}
