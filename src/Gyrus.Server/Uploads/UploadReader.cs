using Gyrus.Imaging.Decoding;
using Gyrus.Inference;
using Gyrus.Inference.HeatMaps;
using Gyrus.Server.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Gyrus.Server.Uploads;

/// <summary>Reads the images of a request into memory: the body as one image, or a form with several. Nothing is written
/// to disk.</summary>
/// <param name="limits">The limits.</param>
internal sealed class UploadReader(ImageLimits limits)
{
    // RFC 2046, section 5.1.1.
    private const int LongestBoundary = 70;

    /// <summary>Room for a form's boundaries and headers beside its images.</summary>
    private const int FormOverhead = 1 << 20;

    /// <summary>Whether a request's body is a form, which may hold several images.</summary>
    public static bool IsForm(HttpRequest request) =>
        request.ContentType?.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Reads the images.</summary>
    /// <param name="request">The request.</param>
    /// <param name="heatMaps">What heat maps are wanted; none where null.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>At least one.</returns>
    /// <exception cref="ServiceProblem">The body has another type, no image, or more or larger ones than the limits
    /// say.</exception>
    public async Task<IReadOnlyList<ScanFile>> Read(HttpRequest request, HeatMapRequest? heatMaps, CancellationToken cancellation)
    {
        if (!IsForm(request))
        {
            RequireImageType(request.ContentType);
            LimitBody(request, limits.LargestImage);
            var bytes = await ReadLimited(request.Body, "The body", cancellation);
            return bytes.Length > 0 ? [new ScanFile("upload", bytes, heatMaps)]
                : throw ServiceProblem.BadRequest("The body is empty. Send an image file as the body, or a form with image files.");
        }
        LimitBody(request, ((long)limits.LargestImage * limits.MostImages) + FormOverhead);
        return await ReadForm(request, heatMaps, cancellation);
    }

    private async Task<IReadOnlyList<ScanFile>> ReadForm(HttpRequest request, HeatMapRequest? heatMaps, CancellationToken cancellation)
    {
        var files = new List<ScanFile>();
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
                if (section.AsFileSection() is not { FileStream: { } stream } file) continue;
                if (files.Count == limits.MostImages)
                    throw ServiceProblem.TooLarge($"A request has at most {limits.MostImages} images. Send the others in another.");
                var name = FileName.Plain(file.FileName);
                files.Add(new ScanFile(name, await ReadLimited(stream, name, cancellation), heatMaps));
            }
        }
        catch (Exception e) when (e is InvalidDataException or FormatException or IOException and not BadHttpRequestException)
        {
            throw ServiceProblem.BadRequest("The form cannot be read: it is cut off or not built as multipart/form-data is. Send it again, each image as a part.");
        }
        return files.Count > 0 ? files
            : throw ServiceProblem.BadRequest("The form has no file. Give each image as a part with a file name.");
    }

    private static void RequireImageType(string? contentType)
    {
        if (contentType is not null && MediaTypeHeaderValue.TryParse(contentType, out var type)
            && (ImageFormats.IsMediaType(type.MediaType.ToString())
                || type.MediaType.Equals("application/octet-stream", StringComparison.OrdinalIgnoreCase)))
        {
            return;
        }
        throw ServiceProblem.UnsupportedMediaType(
            "Send an image as the body with a Content-Type of image/… or application/octet-stream, or a form of type "
            + "multipart/form-data.");
    }

    private static void LimitBody(HttpRequest request, long limit)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
            feature.MaxRequestBodySize = limit;
        if (request.ContentLength > limit) throw ServiceProblem.TooLarge($"The body may have {limit} bytes. Send fewer or smaller images.");
    }

    private async Task<byte[]> ReadLimited(Stream stream, string what, CancellationToken cancellation)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[81_920];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellation)) > 0)
        {
            if (bytes.Length + read > limits.LargestImage)
                throw ServiceProblem.TooLarge($"{what}: an image may have {limits.LargestImage} bytes. Send a smaller one.");
            bytes.Write(buffer, 0, read);
        }
        return bytes.ToArray();
    }
}
