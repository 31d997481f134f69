using Gyrus.Inference;
using Gyrus.Models;
using Gyrus.Models.Trust;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Gyrus.Server.Model;

/// <summary><c>/v1/model/description</c> and <c>/v1/model/network</c>: the model itself, for programs and pages that classify scans without sending them.</summary>
internal static class NetworkEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes = routes.MapGroup("/v1/model").WithTags("Model");
        routes.MapGet("/description", (ScanClassifier classifier, ThresholdTold told) => Results.Text(Description(classifier, told.Threshold), "application/json"))
            .WithSummary("The model.json of the model's package, with the service's threshold and without the hashes of training images: all that is needed to use the network.")
            .Produces<string>(StatusCodes.Status200OK, "application/json");
        routes.MapGet("/network", (ScanClassifier classifier, HttpContext context) =>
            {
                context.Response.Headers.CacheControl = "private, no-cache";
                var tag = classifier.Package.Description.NetworkHash is { } hash ? new EntityTagHeaderValue($"\"{hash}\"") : null;
                return Results.File(classifier.Package.OnnxPath, "application/octet-stream", entityTag: tag, enableRangeProcessing: true);
            })
            .WithSummary("The network, as ONNX.")
            .Produces<byte[]>(StatusCodes.Status200OK, "application/octet-stream");
    }

    private static string Description(ScanClassifier classifier, double? threshold)
    {
        var model = classifier.Package.Description with { TrainingImages = [], SelectionImages = [] };
        if (ThresholdChange.Of(classifier, threshold) is { } changed)
            model = model with { Trust = (model.Trust ?? TrustSettings.None) with { Threshold = new OperatingPoint(changed.Told, null, null, null) } };
        return ModelPackage.ToJson(model);
    }
}

/// <summary>What the service was told of the threshold for tumour.</summary>
/// <param name="Threshold">The probability; null for the model's own.</param>
internal sealed record ThresholdTold(double? Threshold);
