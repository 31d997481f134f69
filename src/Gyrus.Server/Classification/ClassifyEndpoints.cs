using System.Text.Json;
using Gyrus.Imaging.Decoding;
using Gyrus.Inference;
using Gyrus.Inference.HeatMaps;
using Gyrus.Server.Contracts;
using Gyrus.Server.Fetching;
using Gyrus.Server.Problems;
using Gyrus.Server.Uploads;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;

namespace Gyrus.Server.Classification;

/// <summary><c>/v1/classify</c> and <c>/v1/classify-url</c>: images in, answers out as <c>gyrus classify</c> gives
/// them.</summary>
internal static class ClassifyEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes = routes.MapGroup("").WithTags("Classify");
        routes.MapPost("/v1/classify", Classify)
            .WithSummary("Classifies an image, or several in a form.")
            .WithDescription($"The body is an image file ({ImageFormats.Titles}), and the answer one object; or it is "
                + "a form of type multipart/form-data with files, and the answer's `results` has an object for each, in "
                + "order. With `?heatmap=true` each has `heatmap`, a PNG as a data address, and `heatmapScan`: width and height "
                + "of the scan at its upper left, beside which the colours' bar is. The colours are of a tumour; with `&heatmapLabel=` and a label of the "
                + "model, or where its labels do not tell tumours, they are of the label that `heatmapLabel` then names.")
            .AddOpenApiOperationTransformer(DescribeBodies)
            .Produces<ClassifiedImage>()
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        routes.MapPost("/v1/classify-url", ClassifyAddress)
            .WithSummary("Fetches an image from a public address and classifies it.")
            .WithDescription("Off unless the service was started so that it fetches images.")
            .Produces<ClassifiedImage>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static OpenApiSchema File => new() { Type = JsonSchemaType.String, Format = "binary" };

    private static OpenApiSchema Form => new()
    {
        Type = JsonSchemaType.Object,
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["file"] = new OpenApiSchema { Type = JsonSchemaType.Array, Items = File },
        },
    };

    // Not by Accepts, which refuses other types with no word on what to send.
    private static async Task DescribeBodies(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["multipart/form-data"] = new() { Schema = Form },
                ["application/octet-stream"] = new() { Schema = File },
                ["image/*"] = new() { Schema = File },
            },
        };
        operation.Responses!["200"].Content!["application/json"].Schema = new OpenApiSchema
        {
            OneOf =
            [
                await context.GetOrCreateSchemaAsync(typeof(ClassifiedImage), null, cancellation),
                await context.GetOrCreateSchemaAsync(typeof(ClassifiedImages), null, cancellation),
            ],
        };
    }

    private static async Task<IResult> Classify(
        HttpRequest request,
        UploadReader uploads,
        ScanClassifier classifier,
        ImageAnswers answers,
        bool heatmap = false,
        string? heatmapLabel = null)
    {
        var maps = Maps(heatmap, heatmapLabel, classifier);
        var files = await uploads.Read(request, maps, request.HttpContext.RequestAborted);
        if (!FormFiles.IsForm(request))
        {
            var (result, id) = await answers.One(files[0], request.HttpContext);
            return WrittenJson.Of(json => WriteAnswer(json, result, id));
        }
        var each = await answers.Each(files, request.HttpContext);
        return WrittenJson.Of(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("results");
            foreach (var (result, id) in each) WriteAnswer(json, result, id);
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static async Task<IResult> ClassifyAddress(
        AddressRequest body,
        HttpContext context,
        ScanClassifier classifier,
        ImageAnswers answers,
        bool heatmap = false,
        string? heatmapLabel = null)
    {
        var (result, id) = await answers.OneAt(body.Url, Maps(heatmap, heatmapLabel, classifier), context);
        return WrittenJson.Of(json => WriteAnswer(json, result, id));
    }

    private static HeatMapRequest? Maps(bool wanted, string? label, ScanClassifier classifier)
    {
        if (!wanted && label is not null) throw ServiceProblem.BadRequest("heatmapLabel goes with heatmap=true. Give both or neither.");
        if (!wanted) return null;
        var request = new HeatMapRequest(Label: label);
        if (classifier.Refusal(request) is not { } refusal) return request;
        if (label is not null && classifier.Labels.IndexOf(label) < 0) throw ServiceProblem.BadRequest(refusal);
        throw ServiceProblem.BadRequest(
            $"{refusal} Occlusion is not offered over HTTP: ask without {(label is null ? "heatmap=true" : "heatmapLabel")}.");
    }

    private static void WriteAnswer(Utf8JsonWriter json, ScanResult result, string id)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("path", result.Path);
        AnswerJson.WriteFields(json, result);
        if (result.Picture is { } picture)
        {
            json.WriteString("heatmap", "data:image/png;base64," + Convert.ToBase64String(picture.Png));
            json.WriteStartArray("heatmapScan");
            json.WriteNumberValue(picture.ScanWidth);
            json.WriteNumberValue(picture.ScanHeight);
            json.WriteEndArray();
            if (result.HeatMapLabel is { } of) json.WriteString("heatmapLabel", of.Name);
        }
        json.WriteEndObject();
    }
}
