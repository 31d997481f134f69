using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Gyrus.Server.Problems;
using Gyrus.Server.Uploads;
using Microsoft.AspNetCore.Http;

namespace Gyrus.Server.Protocols;

/// <summary>
/// The body of a request of the Open Inference Protocol: JSON, or JSON with tensors as bytes behind it, whose length then
/// stands in a header (the binary tensor data extension of KServe and Triton).
/// </summary>
/// <param name="Request">The JSON.</param>
/// <param name="Rest">What is behind it; null where the body is JSON alone.</param>
internal sealed record InferBody(InferRequest Request, Stream? Rest)
{
    /// <summary>The header that gives the length of the JSON.</summary>
    public const string HeaderLength = "Inference-Header-Content-Length";

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.Strict,
        AllowDuplicateProperties = false,
    };

    /// <summary>Reads the JSON.</summary>
    /// <exception cref="ServiceProblem">The body has another type, or is not built so.</exception>
    public static async Task<InferBody> Read(HttpRequest request, ImageLimits limits, CancellationToken cancellation)
    {
        try
        {
            if (request.Headers.TryGetValue(HeaderLength, out var text))
            {
                if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long length) || length == 0)
                    throw ServiceProblem.BadRequest($"{HeaderLength} is the number of bytes of the JSON at the body's beginning.");
                if (length > MostJson(limits)) throw ServiceProblem.TooLarge($"The JSON may have {MostJson(limits)} bytes. Send fewer images.");
                var json = await TensorBytes.Exactly(request.Body, length, "The JSON", cancellation);
                return new InferBody(Given(JsonSerializer.Deserialize<InferRequest>(json, Strict)), request.Body);
            }
            if (!request.HasJsonContentType())
            {
                throw ServiceProblem.UnsupportedMediaType(
                    "Send JSON with a Content-Type of application/json, or JSON and the images' bytes behind it with the header "
                    + HeaderLength + ", the number of bytes of the JSON.");
            }
            return new InferBody(Given(await JsonSerializer.DeserializeAsync<InferRequest>(request.Body, Strict, cancellation)), null);
        }
        catch (JsonException e)
        {
            throw RequestWords.NoJson(e);
        }
    }

    /// <summary>Checks that nothing is left of the body.</summary>
    /// <exception cref="ServiceProblem">There is.</exception>
    public async Task RequireEnd(CancellationToken cancellation)
    {
        if (Rest is not null && await Rest.ReadAsync(new byte[1], cancellation) > 0)
        {
            throw ServiceProblem.BadRequest(
                $"The body has more bytes than {HeaderLength} and binary_data_size say. Give both as they are.");
        }
    }

    private static long MostJson(ImageLimits limits) => (long)limits.LargestImage * 3 / 2;

    private static InferRequest Given(InferRequest? request) =>
        request ?? throw ServiceProblem.BadRequest("The body is null. Send an object with inputs.");
}
