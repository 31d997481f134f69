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
                TypedResults.Ok(Describe(classifier, options)))
            .WithTags("Model")
            .WithSummary("Name, labels, threshold, how it is calibrated, its card as Markdown, and whether images are kept.");

    private static ModelDescription Describe(ScanClassifier classifier, ServiceOptions options)
    {
        var model = classifier.Package.Manifest;
        return new ModelDescription(
            model.Name,
            model.Version,
            model.Backbone,
            model.Labels,
            model.Provenance.TrainedAt,
            model.Trust?.Threshold,
            model.Trust?.Temperature,
            model.Trust?.Conformal.Coverage,
            model.Abstention is not null,
            classifier.Gives(HeatMapMethod.Cam),
            options.KeepImages,
            File.ReadAllText(classifier.Package.CardPath));
    }
}
