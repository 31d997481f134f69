using Gyrus.Server.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Gyrus.Server.Uploads;

/// <summary>The files of a form, one after the other as they come.</summary>
internal static class FormFiles
{
    /// <summary>Room for a form's boundaries and headers beside its files.</summary>
    public const int Overhead = 1 << 20;

    // RFC 2046, section 5.1.1.
    private const int LongestBoundary = 70;

    /// <summary>Whether a request's body is a form, which may hold several files.</summary>
    public static bool IsForm(HttpRequest request) =>
        request.ContentType?.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Reads a form.</summary>
    /// <param name="request">The request.</param>
    /// <param name="take">Takes each file, its name without folders and its content, before the next is read.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="ServiceProblem">It is no form, or cut off.</exception>
    public static async Task Read(HttpRequest request, Func<string, Stream, Task> take, CancellationToken cancellation)
    {
        try
        {
            var boundary = HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(request.ContentType).Boundary).Value;
            if (string.IsNullOrEmpty(boundary) || boundary.Length > LongestBoundary)
            {
                throw ServiceProblem.BadRequest(
                    $"The form's Content-Type has to name a boundary of 1 to {LongestBoundary} characters: let the client choose one.");
            }
            var form = new MultipartReader(boundary, request.Body);
            while (await form.ReadNextSectionAsync(cancellation) is { } section)
            {
                if (section.AsFileSection() is { FileStream: { } stream } file) await take(FileName.Plain(file.FileName), stream);
            }
        }
        catch (Exception e) when (e is InvalidDataException or FormatException or IOException and not BadHttpRequestException && !FullDisk.IsBehind(e))
        {
            throw ServiceProblem.BadRequest("The form cannot be read: it is cut off or not built as multipart/form-data is. Send it again, each image as a part.");
        }
    }

    /// <summary>Bounds a request's body.</summary>
    /// <param name="request">The request.</param>
    /// <param name="limit">Bytes of it at most.</param>
    /// <exception cref="ServiceProblem">It says that it has more.</exception>
    public static void LimitBody(HttpRequest request, long limit)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
            feature.MaxRequestBodySize = limit;
        if (request.ContentLength > limit) throw ServiceProblem.TooLarge($"The body may have {limit} bytes. Send fewer or smaller images.");
    }
}
