using Gyrus.Inference;
using Gyrus.Inference.HeatMaps;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Gyrus.Server.Model;

/// <summary><c>/v1/model</c>: what is known of the model.</summary>
internal static class ModelEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/model", (ScanClassifier classifier, ServiceOptions options) =>
                Results.Ok(Describe(classifier, options)))
            .WithTags("Model")
            .WithSummary("Name, labels, threshold, how it is calibrated, its card as Markdown, and whether images are kept.");

    private static object Describe(ScanClassifier classifier, ServiceOptions options)
    {
        var model = classifier.Package.Manifest;
        return new
        {
            name = model.Name,
            version = model.Version,
            backbone = model.Backbone,
            labels = model.Labels,
            trainedAt = model.Provenance.TrainedAt,
            threshold = model.Trust?.Threshold,
            temperature = model.Trust?.Temperature,
            coverage = model.Trust?.Conformal.Coverage,
            abstains = model.Abstention is not null,
            heatMaps = classifier.Gives(HeatMapMethod.Cam),
            keepsImages = options.KeepImages,
            card = File.ReadAllText(classifier.Package.CardPath),
        };
    }
}
