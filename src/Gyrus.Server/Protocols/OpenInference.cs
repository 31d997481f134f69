using Gyrus.Inference;
using Gyrus.Models;
using Gyrus.Server.Classification;
using Gyrus.Server.Health;
using Gyrus.Server.Problems;
using Gyrus.Server.Uploads;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;

namespace Gyrus.Server.Protocols;

/// <summary>KServe's Open Inference Protocol, version 2, over HTTP: the input <c>image</c> is a tensor of BYTES, each the
/// base64 of an image file.</summary>
internal static class OpenInference
{
    private const string Live = "/v2/health/live";
    private const string Ready = "/v2/health/ready";

    private static readonly string[] Extensions = ["binary_tensor_data"];

    /// <summary>The paths that need no key: a load balancer has none.</summary>
    public static IReadOnlyList<string> HealthPaths { get; } = [Live, Ready];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes = routes.MapGroup("").WithTags("Open Inference Protocol");
        routes.MapGet("/v2", (ScanClassifier classifier) => Results.Ok(new
        {
            name = "gyrus",
            version = classifier.Package.Description.Provenance.GyrusVersion,
            extensions = Extensions,
        })).WithSummary("Name and version of the server.");
        routes.MapGet(Live, () => Results.Ok(new { live = true })).WithSummary("Whether the server runs.");
        routes.MapGet(Ready, async (ModelHealth health, CancellationToken cancellation) =>
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
            .WithSummary("Classifies images given as base64, or as bytes behind the JSON.")
            .AddOpenApiOperationTransformer(DescribeBody)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> Infer(
        string name, HttpContext context, ImageLimits limits, ScanClassifier classifier, ImageAnswers answers)
    {
        var model = Require(name, classifier);
        var body = await InferBody.Read(context.Request, limits, context.RequestAborted);
        var wanted = InferAnswer.Wanted(body.Request, model);
        var files = await InferImages.Read(body, limits, context.RequestAborted);
        return InferAnswer.Of(body.Request, model, await answers.All(files, context), wanted, context.Response);
    }

    // Not by a parameter, whose binding refuses tensors as bytes.
    private static async Task DescribeBody(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/json"] = new() { Schema = await context.GetOrCreateSchemaAsync(typeof(InferRequest), null, cancellation) },
            },
        };
    }

    private static ModelDescription Require(string name, ScanClassifier classifier) =>
        classifier.Package.Description is { } model && model.Name == name ? model
            : throw ServiceProblem.NotFound($"There is no model of the name '{name}' here; there is '{classifier.Package.Description.Name}'.");

    private static IResult Metadata(ModelDescription model) => Results.Ok(new
    {
        name = model.Name,
        versions = new[] { model.Version },
        platform = "onnxruntime_onnx",
        inputs = new[] { new InferMetadata(InferImages.Name, InferImages.Datatype, [-1]) },
        outputs = InferAnswer.Described(model),
    });
}
