using Gyrus.Server.Tests.Database;
using Gyrus.Testing.Models;
using Gyrus.Testing.PostgreSql;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Gyrus.Server.Tests.History;

public sealed class DeletionOnSqliteTests() : DeletionTests(null);

public sealed class DeletionOnPostgreSqlTests(PostgreSqlServer server) : DeletionTests(server);

/// <summary>Who sees and deletes which results.</summary>
public abstract class DeletionTests(PostgreSqlServer? postgres) : DatabaseTests(postgres)
{
    private byte[] Red => File.ReadAllBytes(TestImage.Write(Folder.File("red.png"), 255, 0, 0));

    [Fact]
    public async Task Without_keys_a_result_is_deleted_once_and_is_then_not_there()
    {
        await using var service = await Start();
        var (gone, stays) = (await Classify(service, null), await Classify(service, null));

        var deleted = await Ask(service, HttpMethod.Delete, "/v1/results/" + gone, null);

        Assert.Equal(204, (int)deleted.StatusCode);
        Assert.Equal([stays], await List(service, null));
        await (await service.Get("/v1/results/" + gone)).Problem(404);
        await (await Ask(service, HttpMethod.Delete, "/v1/results/" + gone, null)).Problem(404);
        await (await Ask(service, HttpMethod.Delete, "/v1/results/unknown", null)).Problem(404);
    }

    [Fact]
    public async Task A_key_sees_and_deletes_its_own_results_alone()
    {
        await using var service = await Start(options => options with { KeepImages = true });
        var before = await Classify(service, null);
        var (mine, other) = (Keys.Add("mine", 600), Keys.Add("other", 600));
        var own = await Classify(service, mine);

        Assert.Equal([own], await List(service, mine));
        Assert.Empty(await List(service, other));
        Assert.Empty(await List(service, other, "?key=mine"));
        foreach (var (id, key) in ((string, string)[])[(own, other), (before, mine)])
        {
            var unseen = await (await Ask(service, HttpMethod.Get, "/v1/results/" + id, key)).Problem(404);
            Assert.Equal(unseen, await (await Ask(service, HttpMethod.Get, "/v1/results/" + new string('0', 32), key)).Problem(404));
            await (await Ask(service, HttpMethod.Get, $"/v1/results/{id}/image", key)).Problem(404);
            await (await Ask(service, HttpMethod.Delete, "/v1/results/" + id, key)).Problem(404);
        }
        Assert.Equal(200, (int)(await Ask(service, HttpMethod.Get, $"/v1/results/{own}/image", mine)).StatusCode);
        Assert.Equal(204, (int)(await Ask(service, HttpMethod.Delete, "/v1/results/" + own, mine)).StatusCode);
        Assert.Empty(await List(service, mine));
    }

    [Fact]
    public async Task The_next_key_of_a_name_sees_what_the_one_before_asked()
    {
        var old = Keys.Add("radiology", 600);
        await using var service = await Start();
        var id = await Classify(service, old);

        Keys.Revoke("radiology");

        Assert.Equal([id], await List(service, Keys.Add("radiology", 600)));
    }

    [Fact]
    public async Task A_key_made_for_all_results_sees_and_deletes_them()
    {
        await using var service = await Start();
        var before = await Classify(service, null);
        var (key, head) = (Keys.Add("radiology", 600), Keys.Add("head", 600, allResults: true));
        var own = await Classify(service, key);

        Assert.Equal([own, before], await List(service, head));
        Assert.Equal([own], await List(service, head, "?key=radiology"));
        Assert.Equal(204, (int)(await Ask(service, HttpMethod.Delete, "/v1/results/" + own, head)).StatusCode);
        Assert.Equal([("head", true), ("radiology", false)], Keys.List().Select(facts => (facts.Name, facts.AllResults)).Order());
    }

    [Fact]
    public async Task The_log_says_which_key_deleted_which_result()
    {
        var key = Keys.Add("radiology", 600);
        await using var service = await Start();
        using var log = new LoggedLines();
        service.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
        var id = await Classify(service, key);

        await Ask(service, HttpMethod.Delete, "/v1/results/" + id, key);

        Assert.Contains($"Result {id} was deleted, key radiology", log.All);
    }

    [Fact]
    public async Task An_image_goes_with_the_last_result_that_has_it()
    {
        await using var service = await Start(options => options with { KeepImages = true });
        var (first, second) = (await Classify(service, null), await Classify(service, null));

        await Ask(service, HttpMethod.Delete, "/v1/results/" + first, null);
        Assert.Equal(200, (int)(await service.Get($"/v1/results/{second}/image")).StatusCode);
        await Ask(service, HttpMethod.Delete, "/v1/results/" + second, null);

        Assert.Empty(Directory.GetFiles(Folder.File("data/images"), "*", SearchOption.AllDirectories));
    }

    private async Task<string> Classify(RunningService service, string? key)
    {
        var image = new ByteArrayContent(Red);
        image.Headers.ContentType = new("image/png");
        return (await (await Ask(service, HttpMethod.Post, "/v1/classify", key, image)).Json()).GetProperty("id").GetString()!;
    }

    private static Task<HttpResponseMessage> Ask(
        RunningService service, HttpMethod method, string path, string? key, HttpContent? body = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = body };
        if (key is not null) request.Headers.Add("x-api-key", key);
        return service.Ask(request);
    }

    private static async Task<List<string?>> List(RunningService service, string? key, string query = "") =>
        [.. (await (await Ask(service, HttpMethod.Get, "/v1/results" + query, key)).Json()).GetProperty("results").EnumerateArray()
            .Select(result => result.GetProperty("id").GetString())];
}
