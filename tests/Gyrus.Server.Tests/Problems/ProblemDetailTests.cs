using System.Net.Http.Headers;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Server.Tests.Problems;

/// <summary>What the framework refuses says what to do, too.</summary>
public sealed class ProblemDetailTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Addresses_methods_and_types_that_are_not_taken_say_what_is()
    {
        await using var service = await RunningService.Start(_folder);

        Assert.Contains("/api", await (await service.Get("/nothing")).Problem(404), StringComparison.Ordinal);
        Assert.Contains("Use POST", await (await service.Get("/v1/classify")).Problem(405), StringComparison.Ordinal);
        Assert.Contains("Use GET", await (await service.Send([1], path: "/v1/results")).Problem(405), StringComparison.Ordinal);
        foreach (var path in (string[])["/v1/classify-url", "/detect", "/v2/models/gyrus-test/infer"])
            Assert.Contains("application/json", await (await service.Send([1], "text/plain", path)).Problem(415), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/results?limit=many", "limit is a whole number")]
    [InlineData("/v1/results?from=yesterday", "from is a time")]
    [InlineData("/v1/results?before=x", "before is the identifier")]
    public async Task A_query_that_is_not_understood_names_what_is_wrong(string address, string words)
    {
        await using var service = await RunningService.Start(_folder);

        Assert.Contains(words, await (await service.Get(address)).Problem(400), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"url\":")]
    [InlineData("{\"url\":7}")]
    [InlineData("[]")]
    public async Task A_body_that_is_not_the_JSON_wanted_says_where_to_look(string body)
    {
        await using var service = await RunningService.Start(_folder);

        Assert.Contains("body", await (await service.SendJson("/v1/classify-url", body)).Problem(400), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("heatmap=perhaps")]
    [InlineData("heatmap=")]
    public async Task A_switch_is_true_or_false(string query)
    {
        await using var service = await RunningService.Start(_folder);

        Assert.Contains("heatmap is true or false", await (await service.Send([1], path: "/v1/classify?" + query)).Problem(400), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_boundary_of_five_thousand_characters_is_a_bad_request()
    {
        await using var service = await RunningService.Start(_folder);
        var form = new ByteArrayContent([1]);
        form.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=" + new string('x', 5000));

        Assert.Contains("70", await (await service.Post("/v1/classify", form)).Problem(400), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/v1/model")]
    [InlineData("/v1/results")]
    [InlineData("/v2")]
    [InlineData("/v2/health/ready")]
    [InlineData("/openapi/v1.json")]
    public async Task Head_answers_as_get_does_without_the_body(string path)
    {
        await using var service = await RunningService.Start(_folder);

        var get = await service.Get(path);
        var head = await service.Ask(new HttpRequestMessage(HttpMethod.Head, path));

        Assert.Equal(get.StatusCode, head.StatusCode);
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Head_of_what_takes_posts_alone_is_not_allowed()
    {
        await using var service = await RunningService.Start(_folder);

        Assert.Equal(405, (int)(await service.Ask(new HttpRequestMessage(HttpMethod.Head, "/v1/classify"))).StatusCode);
    }
}
