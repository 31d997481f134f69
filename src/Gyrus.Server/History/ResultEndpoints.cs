using System.Text.Json;
using Gyrus.Inference;
using Gyrus.Server.Contracts;
using Gyrus.Server.Database;
using Gyrus.Server.Keys;
using Gyrus.Server.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
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
            .WithDescription("A key sees the results of its own name; one that was made to see all, those of all. `next` is what to give as "
                + "`before` for the page that follows; null on the last. With `label` or `verdict`, only results that were accepted are listed, unless `accepted` is false or any: what the network says of a refused "
                + "image is not to be believed.")
            .Produces<ResultPage>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        routes.MapGet("/v1/results/filters", Values)
            .WithSummary("What `label` and `verdict` may be: those of the model, and of what earlier models answered.");
        routes.MapGet("/v1/results/{id}", Get)
            .WithSummary("One result.")
            .Produces<KeptResult>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapDelete("/v1/results/{id}", Delete)
            .WithSummary("Deletes a result, and its image where no other result has it.")
            .WithDescription("A key may delete the results of its own name; one that was made to see all, those of all.")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapGet("/v1/results/{id}/image", GetImage)
            .WithSummary("The image file of a result.")
            .WithDescription("None is there unless the service was started so that it keeps images.")
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> Find(
        [AsParameters] ResultFilter filter, HttpContext context, ResultHistory history, KeptImages images, ScanClassifier classifier,
        CancellationToken cancellation)
    {
        var owner = CallerKey.OwnerOf(context);
        filter.Check();
        if (filter.Label is { } label && classifier.Labels.IndexOf(label) < 0)
        {
            var known = (await history.Values(owner, cancellation)).Labels;
            if (!known.Contains(label)) throw ServiceProblem.BadRequest($"label is one of {string.Join(", ", known)}.");
        }
        // One more than the page holds tells whether there is another page.
        var found = await history.Find(filter with { Limit = filter.Limit + 1 }, owner, cancellation);
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

    private static async Task<Ok<FilterValues>> Values(HttpContext context, ResultHistory history, CancellationToken cancellation) =>
        TypedResults.Ok(await history.Values(CallerKey.OwnerOf(context), cancellation));

    private static async Task<IResult> Get(
        string id, HttpContext context, ResultHistory history, KeptImages images, CancellationToken cancellation)
    {
        var result = await Require(id, context, history, cancellation);
        return WrittenJson.Of(json => Write(json, result, images));
    }

    private static async Task<IResult> GetImage(
        string id, HttpContext context, ResultHistory history, KeptImages images, CancellationToken cancellation)
    {
        var (bytes, type) = images.Find((await Require(id, context, history, cancellation)).Sha256)
            ?? throw ServiceProblem.NotFound("The image of this result was not kept: the service keeps images only where it was started so.");
        return Results.Bytes(bytes, type);
    }

    private static async Task<IResult> Delete(string id, HttpContext context, ResultDeletion deletion, CancellationToken cancellation)
    {
        if (!ResultFilter.IsId(id) || !await deletion.Delete(id, context, cancellation)) throw Unknown();
        return Results.NoContent();
    }

    private static async Task<StoredResult> Require(
        string id, HttpContext context, ResultHistory history, CancellationToken cancellation) =>
        (ResultFilter.IsId(id) ? await history.Get(id, CallerKey.OwnerOf(context), cancellation) : null) ?? throw Unknown();

    // The same where it is another key's: whoever may not see it is not told that it is there.
    private static ServiceProblem Unknown() =>
        ServiceProblem.NotFound("There is no result of this identifier that you may see. GET /v1/results lists those that there are.");

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
