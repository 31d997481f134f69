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
        var (studies, answers) = await answering.Answer(context.Request, wanted, context.RequestAborted);
        return WrittenJson.Of(json => NumberedStudiesJson.Write(json, studies, answers, heatmap));
    }
}
