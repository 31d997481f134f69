using Gyrus.Imaging.Decoding;
using Gyrus.Inference;
using Gyrus.Inference.HeatMaps;
using Gyrus.Server.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Gyrus.Server.Uploads;

/// <summary>Reads the images of a request into memory: the body as one image, or a form with several. Nothing is written
/// to disk.</summary>
/// <param name="limits">The limits.</param>
internal sealed class UploadReader(ImageLimits limits)
{
    /// <summary>Reads the images.</summary>
    /// <param name="request">The request.</param>
    /// <param name="heatMaps">What heat maps are wanted; none where null.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>At least one.</returns>
    /// <exception cref="ServiceProblem">The body has another type, no image, or more or larger ones than the limits
    /// say.</exception>
    public async Task<IReadOnlyList<ScanFile>> Read(HttpRequest request, HeatMapRequest? heatMaps, CancellationToken cancellation)
    {
        if (!FormFiles.IsForm(request))
        {
            RequireImageType(request.ContentType);
            FormFiles.LimitBody(request, limits.LargestImage);
            var bytes = await ReadLimited(request.Body, "The body", cancellation);
            return bytes.Length > 0 ? [new ScanFile("upload", bytes, heatMaps)]
                : throw ServiceProblem.BadRequest("The body is empty. Send an image file as the body, or a form with image files.");
        }
        FormFiles.LimitBody(request, ((long)limits.LargestImage * limits.MostImages) + FormFiles.Overhead);
        return await ReadForm(request, heatMaps, cancellation);
    }

    private async Task<IReadOnlyList<ScanFile>> ReadForm(HttpRequest request, HeatMapRequest? heatMaps, CancellationToken cancellation)
    {
        var files = new List<ScanFile>();
        await FormFiles.Read(
            request,
            async (name, content) =>
            {
                if (files.Count == limits.MostImages)
                    throw ServiceProblem.TooLarge($"A request has at most {limits.MostImages} images. Send the others in another.");
                files.Add(new ScanFile(name, await ReadLimited(content, name, cancellation), heatMaps));
            },
            cancellation);
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
