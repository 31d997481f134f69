using System.Text.Json;
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
        routes.MapGet("/v1/results", Find)
            .WithSummary("Lists what was classified, the newest first.")
            .WithDescription("`next` is what to give as `before` for the page that follows; null on the last.")
            .Produces(StatusCodes.Status200OK, contentType: "application/json")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        routes.MapGet("/v1/results/{id}", Get)
            .WithSummary("One result.")
            .Produces(StatusCodes.Status200OK, contentType: "application/json")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> Find(
        [AsParameters] ResultFilter filter, ResultHistory history, CancellationToken cancellation)
    {
        filter.Checked();
        // One more than the page holds tells whether there is another page.
        var found = await history.Find(filter with { Limit = filter.Limit + 1 }, cancellation);
        var page = found.Take(filter.Limit).ToList();
        return WrittenJson.Of(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("results");
            foreach (var result in page) Write(json, result);
            json.WriteEndArray();
            json.WriteString("next", found.Count > page.Count ? page[^1].Id : null);
            json.WriteEndObject();
        });
    }

    private static async Task<IResult> Get(string id, ResultHistory history, CancellationToken cancellation)
    {
        var result = await history.Get(id, cancellation) ?? throw ServiceProblem.NotFound("There is no result of this identifier.");
        return WrittenJson.Of(json => Write(json, result));
    }

    private static void Write(Utf8JsonWriter json, StoredResult result)
    {
        json.WriteStartObject();
        json.WriteString("id", result.Id);
        json.WriteString("time", result.Time);
        json.WriteString("sha256", result.Sha256);
        json.WriteString("model", result.Model);
        json.WriteString("key", result.KeyName);
        json.WritePropertyName("answer");
        json.WriteRawValue(result.Answer);
        json.WriteEndObject();
    }
}
