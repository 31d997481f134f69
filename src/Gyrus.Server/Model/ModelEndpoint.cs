using System.Globalization;
using Gyrus.Inference;
using Gyrus.Inference.HeatMaps;
using Gyrus.Models;
using Gyrus.Models.Trust;
using Gyrus.Server.WebPage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Gyrus.Server.Model;

/// <summary><c>/v1/model</c>: what is known of the model; <c>/v1/model/card</c>: its card for people.</summary>
internal static class ModelEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/model", (ModelDescription description) => TypedResults.Ok(description))
            .WithTags("Model")
            .WithSummary("Name, labels, threshold, how it is calibrated, the limits of its answers, what it was measured with, its card as Markdown, whether images are kept, and how large one may be.");
        routes.MapGet("/v1/model/card", (ModelDescription description) => TypedResults.Text(CardText.ToHtml(description.Card), "text/html; charset=utf-8"))
            .WithTags("Model")
            .WithSummary("The model's card as HTML, to be put into a page.")
            .Produces<string>(StatusCodes.Status200OK, "text/html");
    }

    /// <summary>Reads what is to be told, once: the folder may move while the service runs.</summary>
    /// <param name="classifier">The model.</param>
    /// <param name="threshold">The threshold for tumour that the service was told; null for the model's own.</param>
    /// <param name="views">Sides that an image is looked at from.</param>
    /// <param name="keepsImages">Whether the service keeps images.</param>
    /// <param name="largestImage">Bytes of an image file at most.</param>
    /// <param name="largestStudy">Bytes of the files of a study at most.</param>
    /// <exception cref="GyrusException">The card cannot be read.</exception>
    public static ModelDescription Describe(
        ScanClassifier classifier, double? threshold, int views, bool keepsImages, int largestImage, long largestStudy)
    {
        var model = classifier.Package.Description;
        var changed = ThresholdChange.Of(classifier, threshold);
        return new ModelDescription(
            model.Name,
            model.Version,
            model.Backbone,
            model.Labels,
            [.. classifier.Labels.All.Select(label =>
                new LabelMeaning(label.Name, label.Modality?.ToString().ToLowerInvariant(), label.IsTumour, label.Type))],
            model.Provenance.TrainedAt,
            // What was measured was measured at the model's own.
            changed is null ? model.Trust?.Threshold : new OperatingPoint(changed.Told, null, null, null),
            changed?.Own,
            views,
            model.Trust?.Temperature,
            model.Trust?.Conformal.Coverage,
            model.Abstention is not null,
            AnswerLimits.Of(model),
            model.Figures ?? [],
            classifier.Refusal(new HeatMapRequest()) is null,
            classifier.Refusal(new HeatMapRequest(Label: model.Labels[0])) is null,
            ComputerFiles.AreThere,
            new FileInfo(classifier.Package.OnnxPath).Length,
            keepsImages,
            largestImage,
            largestStudy,
            Note(changed) + Card(classifier.Package.CardPath));
    }

    // The card tells of the model's own threshold, and what was measured there.
    private static string Note(ThresholdChange? changed) => changed is null ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $"> This service calls an image a tumour from {changed.Told:0.####} on, instead of the model's own {changed.Own:0.####}. What follows was "
        + $"measured at the model's own.\n\n");

    private static string Card(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GyrusException($"{path}: the model's card cannot be read ({e.Message}) Copy the whole folder of the model.", e);
        }
    }
}
