using Gyrus.Testing;
using Xunit;

namespace Gyrus.Server.Tests.Safety;

public sealed class BrowserGuardTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:8080")]
    [InlineData("192.168.1.10")]
    [InlineData("localhost.evil.example")]
    public async Task A_service_of_this_machine_answers_to_no_other_hosts_name(string host)
    {
        await using var service = await RunningService.Start(_folder);

        await (await Ask(service, "Host", host)).Problem(403);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    [InlineData("http://127.0.0.1:1")]
    public async Task A_page_of_another_origin_is_refused(string origin)
    {
        await using var service = await RunningService.Start(_folder);

        await (await Ask(service, "Origin", origin)).Problem(403);
    }

    [Fact]
    public async Task Its_own_page_is_answered_with_headers_that_browsers_keep_to()
    {
        await using var service = await RunningService.Start(_folder);

        var answer = await Ask(service, "Origin", service.Client.BaseAddress!.GetLeftPart(UriPartial.Authority));

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'self'", policy, StringComparison.Ordinal);
        // WebAssembly is compiled, from the service's own files; text is neither run as a script nor taken for styles.
        Assert.DoesNotContain("unsafe", policy.Replace("'wasm-unsafe-eval'", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Fact]
    public async Task A_problem_has_these_headers_too()
    {
        await using var service = await RunningService.Start(_folder);

        var answer = await service.Send([1], "text/plain");

        await answer.Problem(415);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
    }

    private static Task<HttpResponseMessage> Ask(RunningService service, string header, string value)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/v1/model");
        request.Headers.TryAddWithoutValidation(header, value);
        return service.Ask(request);
    }
}
