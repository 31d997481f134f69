using System.Text;
using Gyrus.Server.Hosting;
using Gyrus.Server.Keys;
using Gyrus.Server.Tests.Database;
using Gyrus.Testing.Models;
using Gyrus.Testing.PostgreSql;
using Xunit;

namespace Gyrus.Server.Tests.Keys;

public sealed class KeysOnPostgreSqlTests(PostgreSqlServer server) : KeyTests(server);

public sealed class KeysOnSqliteTests() : KeyTests(null)
{
    [Fact]
    public void The_secret_of_a_key_is_not_kept()
    {
        var key = Keys.Add("radiology", 600);

        var secret = Encoding.ASCII.GetBytes(KeyText.Parse(key)!.Secret);
        Assert.All(Directory.GetFiles(Folder.File("data")), file => Assert.Equal(-1, ReadShared(file).AsSpan().IndexOf(secret)));
    }

    private static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}

public abstract class KeyTests(PostgreSqlServer? postgres) : DatabaseTests(postgres)
{
    private byte[] Red => File.ReadAllBytes(TestImage.Write(Folder.File("red.png"), 255, 0, 0));

    [Fact]
    public async Task Once_there_is_a_key_everybody_needs_one()
    {
        await using var service = await Start();
        Assert.Equal(200, (int)(await service.Send(Red)).StatusCode);

        var key = Keys.Add("radiology", 600);

        var needed = await (await service.Send(Red)).Problem(401);
        Assert.Contains("x-api-key", needed, StringComparison.Ordinal);
        Assert.DoesNotContain("gyrus keys", needed, StringComparison.Ordinal);
        await (await service.Get("/v1/results")).Problem(401);
        service.Client.DefaultRequestHeaders.Add("x-api-key", key);
        Assert.Equal(200, (int)(await service.Send(Red)).StatusCode);
    }

    [Fact]
    public async Task A_key_that_was_taken_back_is_refused_by_a_service_that_runs()
    {
        var (good, bad) = (Keys.Add("good", 600), Keys.Add("bad", 600));
        await using var service = await Start();
        service.Client.DefaultRequestHeaders.Add("x-api-key", bad);
        Assert.Equal(200, (int)(await service.Send(Red)).StatusCode);

        Keys.Revoke("bad");

        await (await service.Send(Red)).Problem(401);
        service.Client.DefaultRequestHeaders.Remove("x-api-key");
        service.Client.DefaultRequestHeaders.Add("x-api-key", good);
        Assert.Equal(200, (int)(await service.Send(Red)).StatusCode);
    }

    [Fact]
    public async Task A_key_with_another_secret_or_none_is_refused()
    {
        var key = Keys.Add("radiology", 600);
        await using var service = await Start();
        var other = key[..^1] + (key[^1] == 'A' ? 'B' : 'A');

        foreach (var wrong in (string[])[other, key[..^1], key + "A", "gyrus__", "gyrus_00000000_" + key[15..]])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/results");
            request.Headers.TryAddWithoutValidation("x-api-key", wrong);
            await (await service.Ask(request)).Problem(401);
        }
    }

    [Fact]
    public async Task A_key_is_good_for_its_requests_a_minute_and_no_more()
    {
        var (few, many) = (Keys.Add("few", 3), Keys.Add("many", 600));
        await using var service = await Start();

        var answers = new List<HttpResponseMessage>();
        for (int i = 0; i < 5; i++) answers.Add(await Ask(few));

        Assert.Equal([200, 200, 200, 429, 429], answers.Select(answer => (int)answer.StatusCode));
        Assert.Contains("3 requests a minute", await answers[3].Problem(429), StringComparison.Ordinal);
        Assert.InRange(answers[3].Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal(200, (int)(await Ask(many)).StatusCode);

        Task<HttpResponseMessage> Ask(string key)
        {
            var request = new HttpRequestMessage(HttpMethod.Get, "/v1/results");
            request.Headers.Add("x-api-key", key);
            return service.Ask(request);
        }
    }

    [Theory]
    [InlineData("/v2/health/live")]
    [InlineData("/v2/health/ready")]
    [InlineData("/")]
    [InlineData("/page.js")]
    [InlineData("/api")]
    [InlineData("/api/scalar.js")]
    [InlineData("/openapi/v1.json")]
    public async Task Health_pages_and_the_description_need_no_key(string path)
    {
        Keys.Add("radiology", 600);
        await using var service = await Start();

        Assert.Equal(200, (int)(await service.Get(path)).StatusCode);
    }

    [Theory]
    [InlineData("/v1/results")]
    [InlineData("/v1/results/1/image")]
    [InlineData("/v1/model")]
    [InlineData("/v2/models/gyrus-test")]
    [InlineData("/metrics")]
    [InlineData("/api/v1")]
    [InlineData("/nothing")]
    public async Task All_else_needs_a_key(string path)
    {
        Keys.Add("radiology", 600);
        await using var service = await Start();

        await (await service.Get(path)).Problem(401);
    }

    [Fact]
    public async Task A_key_of_the_environment_is_good_beside_the_others_and_is_named_in_the_record()
    {
        const string fixedKey = "not-a-key-of-gyrus-but-of-a-gateway";
        var other = Keys.Add("radiology", 600);
        await using var service = await Start(options => options with { FixedKey = fixedKey });

        await (await service.Send(Red)).Problem(401);
        foreach (var wrong in (string[])[fixedKey + "x", fixedKey[1..], "GYRUS_KEY"])
            Assert.Equal(401, (int)(await service.Ask(WithKey(wrong))).StatusCode);
        Assert.Equal(200, (int)(await service.Ask(WithKey(other))).StatusCode);
        service.Client.DefaultRequestHeaders.Add("x-api-key", fixedKey);
        await service.Send(Red);

        var record = await (await service.Get("/v1/results?key=GYRUS_KEY")).Json();
        Assert.Equal(1, record.GetProperty("results").GetArrayLength());
        Assert.Throws<GyrusException>(() => Keys.Add("GYRUS_KEY", 600));

        static HttpRequestMessage WithKey(string key)
        {
            var request = new HttpRequestMessage(HttpMethod.Get, "/v1/results");
            request.Headers.Add("x-api-key", key);
            return request;
        }
    }

    [Fact]
    public async Task A_key_of_the_environment_opens_a_service_that_others_can_reach()
    {
        var options = RunningService.Options(Folder) with { Database = Database, Urls = ["http://0.0.0.0:0"] };

        Assert.Throws<GyrusException>(() => ScanService.Build(options with { FixedKey = "too short" }));
        await using var service = ScanService.Build(options with { FixedKey = "long enough to be one" });
    }

    [Fact]
    public void A_name_is_of_one_good_key_and_can_be_had_again_once_that_was_taken_back()
    {
        Keys.Add("radiology", 600);
        Assert.Throws<GyrusException>(() => Keys.Add("radiology", 600));
        Keys.Revoke("radiology");

        Keys.Add("radiology", 300);
        Assert.Equal([(600, true), (300, false)], Keys.List().Select(key => (key.PerMinute, key.Revoked is not null)).OrderDescending());
        Keys.Revoke("radiology");
        Assert.All(Keys.List(), key => Assert.NotNull(key.Revoked));
        Assert.Throws<GyrusException>(() => Keys.Revoke("unknown"));
        Assert.Throws<GyrusException>(() => Keys.Add(" ", 600));
        Assert.Throws<GyrusException>(() => Keys.Add("none", 0));
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://*:0")]
    [InlineData("http://+:0")]
    [InlineData("http://[::]:0")]
    [InlineData("http://192.168.1.10:8080")]
    public void A_service_that_others_can_reach_needs_a_key_to_start(string url)
    {
        var options = RunningService.Options(Folder) with { Database = Database, Urls = ["http://127.0.0.1:0", url] };

        var error = Assert.Throws<GyrusException>(() => ScanService.Build(options));
        Assert.Contains("GYRUS_KEY", error.Message, StringComparison.Ordinal);

        Keys.Add("radiology", 600);
        using var service = (IDisposable)ScanService.Build(options);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("ftp://127.0.0.1")]
    public void An_address_that_cannot_be_listened_on_is_told(string url) =>
        Assert.Contains(url, Assert.Throws<GyrusException>(
            () => ScanService.Build(RunningService.Options(Folder) with { Database = Database, Urls = [url] })).Message, StringComparison.Ordinal);
}
