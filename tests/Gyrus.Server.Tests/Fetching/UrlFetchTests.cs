using System.Net;
using Gyrus.Inference;
using Gyrus.Server.Classification;
using Gyrus.Server.Fetching;
using Gyrus.Server.History;
using Gyrus.Server.Hosting;
using Gyrus.Server.Problems;
using Gyrus.Server.Safety;
using Gyrus.Server.Telemetry;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Gyrus.Server.Tests.Fetching;

public sealed class UrlFetchTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private const int Largest = 1 << 20;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private byte[] Red => File.ReadAllBytes(TestImage.Write(_folder.File("red.png"), 255, 0, 0));

    // Every way to write an address of this machine or a private one that the fetcher has to see through.
    [Theory]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://127.1/")]
    [InlineData("http://127.0.1/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://0x7f000001/")]
    [InlineData("http://0x7f.0.0.1/")]
    [InlineData("http://0177.0.0.1/")]
    [InlineData("http://017700000001/")]
    [InlineData("http://127.0.0.1./")]
    [InlineData("http://127.0.0.1.:80/")]
    [InlineData("http://0/")]
    [InlineData("http://0.0.0.0/")]
    [InlineData("http://localhost/")]
    [InlineData("http://LOCALHOST/")]
    [InlineData("http://localhost./")]
    [InlineData("http://[::1]/")]
    [InlineData("http://[::]/")]
    [InlineData("http://[0:0:0:0:0:0:0:1]/")]
    [InlineData("http://[::ffff:127.0.0.1]/")]
    [InlineData("http://[::ffff:7f00:1]/")]
    [InlineData("http://[::127.0.0.1]/")]
    [InlineData("http://[64:ff9b::7f00:1]/")]
    [InlineData("http://[2002:7f00:1::]/")]
    [InlineData("http://[fe80::1]/")]
    [InlineData("http://[fe80::1%25lo]/")]
    [InlineData("http://[fd00:ec2::254]/latest/meta-data/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://2852039166/latest/meta-data/")]
    [InlineData("http://0xa9fea9fe/")]
    [InlineData("http://0251.0376.0251.0376/")]
    [InlineData("http://169.254.170.2/v2/credentials")]
    [InlineData("http://10.0.0.1/")]
    [InlineData("http://172.16.0.1/")]
    [InlineData("http://192.168.1.1/")]
    [InlineData("http://192.168.257/")]
    [InlineData("http://100.100.100.200/")]
    [InlineData("http://１２７.０.０.１/")]
    [InlineData("http://①②⑦.⓪.⓪.①/")]
    [InlineData("http://127。0。0。1/")]
    [InlineData("http://8.8.8.8:22/")]
    [InlineData("http://8.8.8.8:8080/")]
    [InlineData("http://user:word@8.8.8.8/")]
    [InlineData("http://8.8.8.8@127.0.0.1/")]
    [InlineData("http://8.8.8.8#@127.0.0.1/")]
    [InlineData("http:///127.0.0.1/")]
    [InlineData("http:\\\\127.0.0.1\\")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://8.8.8.8/a.png")]
    [InlineData("gopher://127.0.0.1:6379/_INFO")]
    [InlineData("dict://127.0.0.1:6379/")]
    [InlineData("data:image/png;base64,AAAA")]
    [InlineData("javascript:alert(1)")]
    [InlineData("//127.0.0.1/")]
    [InlineData("/etc/passwd")]
    [InlineData("127.0.0.1")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("http://")]
    [InlineData("http://%31%32%37.0.0.1/")]
    [InlineData("http://private.example/")]
    [InlineData("http://mixed.example/")]
    [InlineData("http://nowhere.example/")]
    public async Task No_hostile_address_is_connected_to(string? url)
    {
        using var fetcher = Fetcher(new FetchOptions(Allowed: true, Hosts: [], Largest));

        var problem = await Assert.ThrowsAsync<ServiceProblem>(() => fetcher.Fetch(url, heatMap: null, _ => { }, Cancel));

        Assert.Equal(422, problem.Status);
        Assert.DoesNotContain("nothing answers", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetching_is_off_unless_switched_on()
    {
        await using var service = await RunningService.Start(_folder);

        foreach (var path in (string[])["/v1/classify-url", "/detect", "/2015-03-31/functions/function/invocations"])
        {
            var detail = await (await service.SendJson(path, """{"url":"http://8.8.8.8/a.png"}""")).Problem(403);
            Assert.Contains("/v1/classify", detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_image_of_an_allowed_host_is_classified()
    {
        using var archive = new LocalServer(request => LocalAnswer.File(request, Red).With("Content-Type", "image/png"));
        await using var service = await RunningService.Start(_folder, Allowing);

        var answer = await (await service.SendJson("/v1/classify-url", $$"""{"url":"{{archive.Address("red.png")}}"}""")).Json();

        Assert.Equal("ct_tumor", answer.GetProperty("label").GetString());
        Assert.Equal("red.png", answer.GetProperty("path").GetString());
    }

    [Theory]
    [InlineData("/detect")]
    [InlineData("/2015-03-31/functions/function/invocations")]
    public async Task The_published_contract_gives_seven_probabilities_of_six_places(string path)
    {
        using var archive = new LocalServer(request => LocalAnswer.File(request, Red).With("Content-Type", "binary/octet-stream"));
        await using var service = await RunningService.Start(_folder, Allowing);

        var text = await (await service.SendJson(path, $$"""{"url":"{{archive.Address("red.png")}}"}""")).Content.ReadAsStringAsync(Cancel);

        Assert.Matches(
            """^\{"ct_healthy":0\.\d{6},"ct_tumor":0\.\d{6},"mri_glioma":0\.\d{6},"mri_healthy":0\.\d{6},"mri_meningioma":0\.\d{6},"mri_pituitary":0\.\d{6},"mri_tumor":0\.\d{6}\}$""",
            text);
    }

    [Fact]
    public async Task A_redirect_to_a_private_address_is_not_followed()
    {
        using var secret = new LocalServer(request => LocalAnswer.File(request, Red).With("Content-Type", "image/png"));
        foreach (var target in (string[])["http://localhost/", "http://169.254.169.254/", "file:///etc/passwd", "//192.168.0.1/", secret.Address().ToString().Replace("127.0.0.1", "127.0.0.2", StringComparison.Ordinal)])
        {
            using var archive = new LocalServer(_ => LocalAnswer.Only(302).With("Location", target));
            using var fetcher = Fetcher(Archive);

            var problem = await Assert.ThrowsAsync<ServiceProblem>(() => fetcher.Fetch(archive.Address().ToString(), null, _ => { }, Cancel));

            Assert.Equal(422, problem.Status);
            Assert.Single(archive.Requests);
        }
        Assert.Empty(secret.Requests);
    }

    [Fact]
    public async Task Redirects_are_followed_five_times_and_no_further()
    {
        int left = 5;
        using var archive = new LocalServer(request => left-- > 0
            ? LocalAnswer.Only(302).With("Location", "/next")
            : LocalAnswer.File(request, Red).With("Content-Type", "image/png"));
        using var fetcher = Fetcher(Archive);

        Assert.Equal(Red, (await fetcher.Fetch(archive.Address().ToString(), null, _ => { }, Cancel)).Bytes);

        left = 100;
        await Assert.ThrowsAsync<ServiceProblem>(() => fetcher.Fetch(archive.Address().ToString(), null, _ => { }, Cancel));
        Assert.Equal(6 + 6, archive.Requests.Count);
    }

    [Fact]
    public async Task What_is_too_large_no_image_or_an_error_is_not_taken()
    {
        LocalAnswer answer = LocalAnswer.Only(404);
        using var archive = new LocalServer(_ => answer);
        using var fetcher = Fetcher(Archive with { LargestImage = 1000 });

        Assert.Contains("404", (await Refused()).Message, StringComparison.Ordinal);
        answer = new LocalAnswer(200, "<html>"u8.ToArray(), 6).With("Content-Type", "text/html");
        Assert.Contains("Content-Type", (await Refused()).Message, StringComparison.Ordinal);
        answer = new LocalAnswer(200, new byte[5000], Length: null).With("Content-Type", "image/png");
        Assert.Contains("larger", (await Refused()).Message, StringComparison.Ordinal);

        Task<ServiceProblem> Refused() =>
            Assert.ThrowsAsync<ServiceProblem>(() => fetcher.Fetch(archive.Address().ToString(), null, _ => { }, Cancel));
    }

    [Fact]
    public async Task Fetched_bytes_count_in_the_memory_of_all_requests_until_the_answer()
    {
        using var archive = new LocalServer(_ => new LocalAnswer(200, new byte[20_000], Length: null).With("Content-Type", "image/png"));
        await using var service = await RunningService.Start(_folder, options => Allowing(options) with { BodyMemory = 10_000 });

        Assert.Contains("10000", await (await Ask()).Problem(413), StringComparison.Ordinal);
        var memory = service.Services.GetRequiredService<BodyMemory>();
        var (held, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var holder = memory.InvokeAsync(new DefaultHttpContext { Request = { Body = new MemoryStream(new byte[9_990]) } }, async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null, Cancel);
            held.SetResult();
            await go.Task;
        });
        await held.Task;
        var detail = await (await Ask()).Problem(503);
        go.SetResult();
        await holder;

        Assert.Contains("memory", detail, StringComparison.Ordinal);
        Assert.Contains("Try again in 5 s", detail, StringComparison.Ordinal);
        Assert.Equal(200, (int)(await service.Send(Red)).StatusCode);

        Task<HttpResponseMessage> Ask() => service.SendJson("/v1/classify-url", $$"""{"url":"{{archive.Address("red.png")}}"}""");
    }

    [Fact]
    public async Task Nothing_is_fetched_where_the_queue_is_full()
    {
        using var archive = new LocalServer(request => LocalAnswer.File(request, Red).With("Content-Type", "image/png"));
        await using var service = await RunningService.Start(_folder, Allowing);
        var services = service.Services;
        // Without workers nothing moves.
        using var queue = new ClassificationQueue(
            services.GetRequiredService<ScanClassifier>(), batchSize: 1, workers: 0, limit: 1, TimeProvider.System,
            services.GetRequiredService<ServiceMetrics>(), NullLogger<ClassificationQueue>.Instance);
        _ = queue.Classify([new ScanFile("first", [])], CancellationToken.None);
        var answers = new ImageAnswers(queue, services.GetRequiredService<UrlFetcher>(), services.GetRequiredService<ResultHistory>());

        var problem = await Assert.ThrowsAsync<ServiceProblem>(
            () => answers.OneAt(archive.Address("red.png").ToString(), heatMap: null, new DefaultHttpContext()));

        Assert.Equal((503, 1), (problem.Status, problem.RetryAfter));
        Assert.Contains("Try again in 1 s", problem.Message, StringComparison.Ordinal);
        Assert.Empty(archive.Requests);
    }

    private static ServiceOptions Allowing(ServiceOptions options) =>
        options with { AllowUrlFetch = true, FetchAllow = ["127.0.0.1"] };

    private static FetchOptions Archive => new(Allowed: true, Hosts: ["127.0.0.1"], Largest);

    // Names that end in .example are made up here; others that are no addresses are this machine's own, as in a file of hosts.
    private static UrlFetcher Fetcher(FetchOptions options) => new(options, (name, _) => Task.FromResult<IPAddress[]>(name switch
    {
        "private.example" => [IPAddress.Parse("10.1.2.3")],
        "mixed.example" => [IPAddress.Parse("8.8.8.8"), IPAddress.Loopback],
        "nowhere.example" => [],
        _ => [IPAddress.TryParse(name, out var address) ? address : IPAddress.Loopback],
    }));
}
