using System.Text.Json;
using Gyrus.Server.Tests.Studies;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Xunit;

namespace Gyrus.Server.Tests.Contracts;

/// <summary>What <c>/openapi/v1.json</c> says of answers is what they hold.</summary>
public sealed class DescriptionTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private byte[] Red => File.ReadAllBytes(TestImage.Write(_folder.File("red.png"), 255, 0, 0));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_address_stands_in_the_description()
    {
        await using var service = await RunningService.Start(_folder);

        Assert.Equal(
            [
                "/2015-03-31/functions/function/invocations", "/detect", "/v1/classify", "/v1/classify-study", "/v1/classify-url", "/v1/model", "/v1/model/card", "/v1/model/description", "/v1/model/network",
                "/v1/results", "/v1/results/filters", "/v1/results/{id}", "/v1/results/{id}/image", "/v2", "/v2/health/live", "/v2/health/ready",
                "/v2/models/{name}", "/v2/models/{name}/infer", "/v2/models/{name}/ready",
            ],
            (await Document(service)).GetProperty("paths").EnumerateObject().Select(path => path.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Answers_have_the_fields_that_the_description_says()
    {
        await using var service = await RunningService.Start(_folder);
        var document = await Document(service);
        var single = await (await service.Send(Red, path: "/v1/classify?heatmap=true&heatmapLabel=mri_glioma")).Json();
        var several = await (await service.Send(("a.png", Red), ("b.png", [1, 2]))).Json();
        var page = await (await service.Get("/v1/results")).Json();

        var classify = Schema(document, "/v1/classify", "post").GetProperty("oneOf");
        Compare(document, classify[0], single, partly: true);
        Compare(document, classify[1], several, partly: true);
        Assert.Equal(Fields(document, classify[0]), Names(single).Union(["error"]).Order(StringComparer.Ordinal));
        var study = await (await ClassifyStudyTests.Send(service, "/v1/classify-study?heatmap=true", [.. StudyTests.Slices(0, 8).Select((bytes, i) => ($"{i}.dcm", bytes))])).Json();
        Compare(document, Schema(document, "/v1/classify-study", "post"), study, partly: true);
        Compare(document, Schema(document, "/v1/results", "get"), page, partly: true);
        Compare(document, Schema(document, "/v1/results/{id}", "get"), page.GetProperty("results")[0], partly: true);
        Compare(document, Schema(document, "/v1/results/filters", "get"), await (await service.Get("/v1/results/filters")).Json(), partly: false);
        Compare(document, Schema(document, "/v1/model", "get"), await (await service.Get("/v1/model")).Json(), partly: false);
    }

    /// <summary>Checks that an object, and what lies in it, has only fields that a schema names; all of them unless partly.</summary>
    private static void Compare(JsonElement document, JsonElement schema, JsonElement answer, bool partly)
    {
        var fields = Fields(document, schema);
        Assert.Empty(Names(answer).Except(fields));
        if (!partly) Assert.Equal(fields, Names(answer));
        foreach (var field in answer.EnumerateObject())
        {
            var inner = Resolve(document, Resolve(document, schema).GetProperty("properties").GetProperty(field.Name));
            if (field.Value.ValueKind == JsonValueKind.Object && inner.TryGetProperty("properties", out _))
                Compare(document, inner, field.Value, partly: true);
            if (field.Value.ValueKind == JsonValueKind.Array && inner.GetProperty("items").TryGetProperty("$ref", out _))
                Assert.All(field.Value.EnumerateArray(), item => Compare(document, inner.GetProperty("items"), item, partly: true));
        }
    }

    private static List<string> Fields(JsonElement document, JsonElement schema) =>
        [.. Names(Resolve(document, schema).GetProperty("properties"))];

    private static IEnumerable<string> Names(JsonElement value) =>
        value.EnumerateObject().Select(field => field.Name).Order(StringComparer.Ordinal);

    private static JsonElement Resolve(JsonElement document, JsonElement schema) =>
        schema.TryGetProperty("$ref", out var reference)
            ? document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1])
            : schema;

    private static JsonElement Schema(JsonElement document, string path, string method) =>
        document.GetProperty("paths").GetProperty(path).GetProperty(method).GetProperty("responses").GetProperty("200")
            .GetProperty("content").GetProperty("application/json").GetProperty("schema");

    private static async Task<JsonElement> Document(RunningService service) =>
        await (await service.Get("/openapi/v1.json")).Json();
}
