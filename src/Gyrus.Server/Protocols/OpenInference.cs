using System.Text.Json.Serialization;
using Gyrus.Imaging;
using Gyrus.Inference;
using Gyrus.Package;
using Gyrus.Server.Classification;
using Gyrus.Server.Health;
using Gyrus.Server.History;
using Gyrus.Server.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Gyrus.Server.Protocols;

/// <summary>KServe's Open Inference Protocol, version 2, over HTTP: the input <c>image</c> is a tensor of BYTES, each the
/// base64 of an image file.</summary>
internal static class OpenInference
{
    private const string InputName = "image";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes = routes.MapGroup("").WithTags("Open Inference Protocol");
        routes.MapGet("/v2", (ScanClassifier classifier) => Results.Ok(new
        {
            name = "gyrus",
            version = classifier.Package.Manifest.Provenance.GyrusVersion,
            extensions = Array.Empty<string>(),
        })).WithSummary("Name and version of the server.");
        routes.MapGet("/v2/health/live", () => Results.Ok(new { live = true })).WithSummary("Whether the server runs.");
        routes.MapGet("/v2/health/ready", async (ModelHealth health, CancellationToken cancellation) =>
            await health.IsReady(cancellation)
                ? Results.Ok(new { ready = true })
                : Results.Json(new { ready = false }, statusCode: StatusCodes.Status503ServiceUnavailable))
            .WithSummary("Whether the model answers and the database can be written.");
        routes.MapGet("/v2/models/{name}", (string name, ScanClassifier classifier) => Metadata(Require(name, classifier)))
            .WithSummary("Inputs and outputs of the model.");
        routes.MapGet("/v2/models/{name}/ready", async (
            string name, ScanClassifier classifier, ModelHealth health, CancellationToken cancellation) =>
        {
            Require(name, classifier);
            return await health.IsReady(cancellation)
                ? Results.Ok(new { name, ready = true })
                : Results.Json(new { name, ready = false }, statusCode: StatusCodes.Status503ServiceUnavailable);
        }).WithSummary("Whether the model answers.");
        routes.MapPost("/v2/models/{name}/infer", Infer)
            .WithSummary("Classifies images given as base64.")
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> Infer(
        string name,
        InferRequest body,
        HttpContext context,
        ServiceOptions options,
        ScanClassifier classifier,
        ClassificationQueue queue,
        ResultHistory history)
    {
        var model = Require(name, classifier);
        var files = Files(body, options);
        var results = await queue.Classify(files, context.RequestAborted);
        if (results.FirstOrDefault(result => result.Error is not null) is { } bad)
            throw ServiceProblem.Unprocessable(bad.Error!);
        await history.Add([.. files.Zip(results)], context, context.RequestAborted);
        return Results.Ok(new
        {
            model_name = model.Name,
            model_version = model.Version,
            id = body.Id,
            outputs = new object[]
            {
                Output("probabilities", "FP32", [results.Length, ScanLabel.All.Count],
                    results.SelectMany(result => result.Probabilities!)),
                Output("tumour", "FP64", [results.Length], results.Select(result => result.Tumour!.Value)),
                Output("label", "BYTES", [results.Length], results.Select(result => result.Label!.Name)),
                Output("accepted", "BOOL", [results.Length], results.Select(result => result.Accepted)),
            },
        });
    }

    private static List<ScanFile> Files(InferRequest body, ServiceOptions options)
    {
        if (body.Inputs is not [{ Name: InputName, Datatype: "BYTES", Data: { } data }] || data.Count == 0)
            throw ServiceProblem.BadRequest($"Give one input of the name '{InputName}' and the datatype BYTES, its data base64 of image files.");
        if (data.Count > options.MostImages)
            throw ServiceProblem.TooLarge($"A request has at most {options.MostImages} images. Send the others in another.");
        return [.. data.Select((text, i) => new ScanFile($"{InputName} {i}", Decode(text, i, options)))];
    }

    private static byte[] Decode(string text, int index, ServiceOptions options)
    {
        try
        {
            var bytes = Convert.FromBase64String(text);
            return bytes.Length <= options.LargestImage ? bytes
                : throw ServiceProblem.TooLarge($"{InputName} {index}: an image may have {options.LargestImage} bytes.");
        }
        catch (FormatException)
        {
            throw ServiceProblem.BadRequest($"{InputName} {index} is not base64.");
        }
    }

    private static ModelManifest Require(string name, ScanClassifier classifier) =>
        classifier.Package.Manifest is { } model && model.Name == name ? model
            : throw ServiceProblem.NotFound($"There is no model of the name '{name}' here; there is '{classifier.Package.Manifest.Name}'.");

    private static IResult Metadata(ModelManifest model) => Results.Ok(new
    {
        name = model.Name,
        versions = new[] { model.Version },
        platform = "onnxruntime_onnx",
        inputs = new[] { new { name = InputName, datatype = "BYTES", shape = new[] { -1 } } },
        outputs = new object[]
        {
            new { name = "probabilities", datatype = "FP32", shape = new[] { -1, ScanLabel.All.Count } },
            new { name = "tumour", datatype = "FP64", shape = new[] { -1 } },
            new { name = "label", datatype = "BYTES", shape = new[] { -1 } },
            new { name = "accepted", datatype = "BOOL", shape = new[] { -1 } },
        },
    });

    private static object Output<T>(string name, string datatype, int[] shape, IEnumerable<T> data) =>
        new { name, datatype, shape, data = data.ToArray() };
}

/// <summary>A request of the Open Inference Protocol.</summary>
/// <param name="Id">The caller's own, given back.</param>
/// <param name="Inputs">One input.</param>
internal sealed record InferRequest(
    [property: JsonPropertyName("id")] string? Id, [property: JsonPropertyName("inputs")] IReadOnlyList<InferInput>? Inputs);

/// <summary>An input of such a request.</summary>
/// <param name="Name"><c>image</c>.</param>
/// <param name="Datatype"><c>BYTES</c>.</param>
/// <param name="Shape">The number of images, which the data say too.</param>
/// <param name="Data">Base64 of image files.</param>
internal sealed record InferInput(
    [property: JsonPropertyName("name")] string? Name,
    [property: JsonPropertyName("datatype")] string? Datatype,
    [property: JsonPropertyName("shape")] IReadOnlyList<long>? Shape,
    [property: JsonPropertyName("data")] IReadOnlyList<string>? Data);
