using System.Text.Json;
using Gyrus.Server.Described;
using Gyrus.Server.Images;
using Gyrus.Server.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Gyrus.Server.History;

/// <summary><c>/v1/results</c>: what was asked and answered, the newest first.</summary>
internal static class ResultEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes = routes.MapGroup("").WithTags("Results");
        routes.MapGet("/v1/results", Find)
            .WithSummary("Lists what was classified, the newest first.")
            .WithDescription("`next` is what to give as `before` for the page that follows; null on the last. With `label` or `verdict`, "
                + "only results that were accepted are listed, unless `accepted` is false or any: what the network says of a refused "
                + "image is not to be believed.")
            .Produces<ResultPage>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        routes.MapGet("/v1/results/{id}", Get)
            .WithSummary("One result.")
            .Produces<KeptResult>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapGet("/v1/results/{id}/image", GetImage)
            .WithSummary("The image file of a result.")
            .WithDescription("None is there unless the service was started with --keep-images.")
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> Find(
        [AsParameters] ResultFilter filter, ResultHistory history, KeptImages images, CancellationToken cancellation)
    {
        filter.Check();
        // One more than the page holds tells whether there is another page.
        var found = await history.Find(filter with { Limit = filter.Limit + 1 }, cancellation);
        var page = found.Take(filter.Limit).ToList();
        return WrittenJson.Of(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("results");
            foreach (var result in page) Write(json, result, images);
            json.WriteEndArray();
            json.WriteString("next", found.Count > page.Count ? page[^1].Id : null);
            json.WriteEndObject();
        });
    }

    private static async Task<IResult> Get(
        string id, ResultHistory history, KeptImages images, CancellationToken cancellation)
    {
        var result = await Require(id, history, cancellation);
        return WrittenJson.Of(json => Write(json, result, images));
    }

    private static async Task<IResult> GetImage(
        string id, ResultHistory history, KeptImages images, CancellationToken cancellation)
    {
        var (bytes, type) = images.Find((await Require(id, history, cancellation)).Sha256)
            ?? throw ServiceProblem.NotFound("The image of this result was not kept: the service keeps images only where it was started so.");
        return Results.Bytes(bytes, type);
    }

    private static async Task<StoredResult> Require(string id, ResultHistory history, CancellationToken cancellation) =>
        (ResultFilter.IsId(id) ? await history.Get(id, cancellation) : null)
        ?? throw ServiceProblem.NotFound("There is no result of this identifier. GET /v1/results lists those that there are.");

    private static void Write(Utf8JsonWriter json, StoredResult result, KeptImages images)
    {
        json.WriteStartObject();
        json.WriteString("id", result.Id);
        json.WriteString("time", result.Time);
        json.WriteString("sha256", result.Sha256);
        json.WriteString("model", result.Model);
        json.WriteString("key", result.KeyName);
        json.WriteBoolean("image", images.Has(result.Sha256));
        json.WritePropertyName("answer");
        json.WriteRawValue(result.Answer);
        json.WriteEndObject();
    }
}
