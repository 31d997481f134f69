using System.Text.Json;
using Gyrus.Inference;
using Gyrus.Inference.HeatMaps;
using Gyrus.Inference.Studies;
using Gyrus.Server.Contracts;
using Gyrus.Server.Problems;
using Gyrus.Server.Safety;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;

namespace Gyrus.Server.Studies;

/// <summary><c>/v1/classify-study</c>: the files of studies in, their answers out, with one for each slice.</summary>
internal static class ClassifyStudyEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/classify-study", Classify)
        .WithTags("Classify")
        .WithSummary("Classifies the studies that lie in DICOM files or NIfTI volumes.")
        .WithDescription("The body is a form of type multipart/form-data with the files. The answer's `studies` are those of the command line, and each series has `answers`, "
            + "one for each slice in order through the head. With `?heatmap=true` each has `heatmap`: the evidence for a tumour in cells, for the reader to draw. The files are "
            + "deleted before the answer is sent, and nothing of them is recorded.")
        .AddOpenApiOperationTransformer(DescribeBody)
        .WithMetadata(new BodyOnDisk())
        .Produces<ClassifiedStudies>()
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static Task DescribeBody(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var file = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" };
        var form = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Properties = new Dictionary<string, IOpenApiSchema> { ["file"] = new OpenApiSchema { Type = JsonSchemaType.Array, Items = file } },
        };
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType> { ["multipart/form-data"] = new() { Schema = form } },
        };
        return Task.CompletedTask;
    }

    private static async Task<IResult> Classify(HttpContext context, StudyAnswering answering, ScanClassifier classifier, bool heatmap = false)
    {
        var wanted = heatmap ? new HeatMapRequest(IsDrawn: false) : null;
        if (wanted is not null && classifier.Refusal(wanted) is { } refusal) throw ServiceProblem.BadRequest($"{refusal} Ask without heatmap=true.");
        var answer = await answering.Answer(context.Request, wanted, context.RequestAborted);
        return WrittenJson.Of(json => Write(json, answer, heatmap));
    }

    private static void Write(Utf8JsonWriter json, AnsweredFiles answer, bool heatMaps)
    {
        json.WriteStartObject();
        json.WriteStartArray("studies");
        foreach (var study in answer.Studies)
        {
            json.WriteStartObject();
            StudyJson.WriteFields(json, study, series =>
            {
                json.WriteStartArray("answers");
                if (series.Slices.Count > 0) foreach (var slice in series.Slices) Write(json, slice.Slice, slice, answer.Numbers[slice.Slice]);
                else foreach (var slice in series.Stack.Slices) Write(json, slice, null, answer.Numbers[slice]);
                json.WriteEndArray();
                if (heatMaps) json.WriteNumber("heatmapLimit", Math.Round(EvidenceScale.Of(series.Slices.Select(slice => slice.Result.Evidence?.Map).OfType<EvidenceMap>()).Limit, 6));
            });
            json.WriteEndObject();
        }
        json.WriteEndArray();
        WriteTexts(json, "others", answer.Others);
        json.WriteNumber("duplicates", answer.Duplicates);
        WriteTexts(json, "faults", answer.Faults);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, SeriesSlice slice, SliceAnswer? answer, int file)
    {
        json.WriteStartObject();
        json.WriteNumber("file", file);
        json.WriteString("path", slice.Path);
        if (slice.Frame is { } frame) json.WriteNumber("frame", frame + 1);
        else json.WriteNull("frame");
        json.WritePropertyName("tumour");
        if (answer?.Result.Tumour is { } tumour) json.WriteRawValue(AnswerJson.SixDecimals(tumour));
        else json.WriteNullValue();
        json.WriteBoolean("accepted", answer?.Result.Accepted == true);
        json.WriteBoolean("counts", answer?.Counts == true);
        json.WriteString("reason", answer?.Result.Reason ?? answer?.Result.Error);
        if (answer?.Result.Evidence is { } evidence) Write(json, evidence);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, PlacedEvidence evidence)
    {
        var (map, area) = evidence;
        json.WriteStartObject("heatmap");
        json.WriteNumber("width", map.Width);
        json.WriteNumber("height", map.Height);
        json.WriteStartArray("area");
        foreach (double side in (double[])[area.Left, area.Top, area.Width, area.Height]) json.WriteNumberValue(Math.Round(side, 6));
        json.WriteEndArray();
        json.WriteStartArray("values");
        foreach (float value in map.Values) json.WriteNumberValue(Math.Round(value, 4));
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
