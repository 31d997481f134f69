using System.Security.Cryptography;
using System.Text.Json;
using Gyrus.Server.Database;
using Gyrus.Server.Tests.Database;
using Gyrus.Testing.Models;
using Gyrus.Testing.PostgreSql;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Gyrus.Server.Tests.History;

public sealed class HistoryOnSqliteTests() : HistoryTests(null);

public sealed class HistoryOnPostgreSqlTests(PostgreSqlServer server) : HistoryTests(server);

public abstract class HistoryTests(PostgreSqlServer? postgres) : DatabaseTests(postgres)
{
    [Fact]
    public async Task A_result_is_kept_over_a_restart_without_the_images_name()
    {
        var red = Image(255, 0, 0);
        string id;
        await using (var service = await Start())
        {
            var answer = await (await service.Send(("Mueller_Anna_1950.png", red))).Json();
            id = answer.GetProperty("results")[0].GetProperty("id").GetString()!;
        }

        await using var again = await Start();
        var kept = await (await again.Get("/v1/results/" + id)).Json();

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(red)), kept.GetProperty("sha256").GetString());
        Assert.Equal("gyrus-test 0.0.1", kept.GetProperty("model").GetString());
        Assert.Equal("ct_tumor", kept.GetProperty("answer").GetProperty("label").GetString());
        Assert.DoesNotContain("Mueller", kept.GetRawText(), StringComparison.Ordinal);
        Assert.InRange(DateTimeOffset.UtcNow - kept.GetProperty("time").GetDateTimeOffset(), TimeSpan.Zero, TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task An_unreadable_file_of_a_form_is_kept_with_what_is_wrong_and_without_its_name()
    {
        await using var service = await Start();

        var answer = await (await service.Send(("Mueller_Anna.png", "no image"u8.ToArray()))).Json();

        var told = answer.GetProperty("results")[0].GetProperty("error").GetString();
        var kept = Assert.Single(await Results(service, ""));
        Assert.Equal(told, "Mueller_Anna.png: " + kept.GetProperty("answer").GetProperty("error").GetString());
        Assert.DoesNotContain("Mueller", kept.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_hold_each_result_once_the_newest_first()
    {
        await using var service = await Start();
        for (int i = 0; i < 7; i++) await service.Send(Image((byte)(200 + i), 0, 0));

        var seen = new List<JsonElement>();
        for (string? before = ""; before is not null;)
        {
            var page = await (await service.Get("/v1/results?limit=3" + before)).Json();
            seen.AddRange(page.GetProperty("results").EnumerateArray());
            before = page.GetProperty("next").GetString() is { } next ? "&before=" + next : null;
        }

        var hashes = Enumerable.Range(0, 7).Reverse().Select(i => Convert.ToHexStringLower(SHA256.HashData(Image((byte)(200 + i), 0, 0))));
        Assert.Equal(hashes, seen.Select(result => result.GetProperty("sha256").GetString()));
    }

    [Fact]
    public async Task The_images_of_a_form_are_kept_in_their_order()
    {
        await using var service = await Start();
        var images = Enumerable.Range(0, 12).Select(i => ($"{i}.png", Image((byte)(200 + i), 0, 0))).ToArray();

        await service.Send(images);

        Assert.Equal(images.Reverse().Select(image => Convert.ToHexStringLower(SHA256.HashData(image.Item2))),
            (await Results(service, "")).Select(result => result.GetProperty("sha256").GetString()));
    }

    [Fact]
    public async Task Filters_find_what_they_say()
    {
        await using var service = await Start();
        await service.Send(Image(255, 0, 0));
        await service.Send(Image(0, 255, 0));
        await service.Send(Image(0, 0, 255));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Image(0, 255, 0)));

        Assert.Equal(["mri_glioma", "ct_tumor"], await Labels(service, "?verdict=tumour"));
        Assert.Equal(["mri_healthy"], await Labels(service, "?label=mri_healthy"));
        Assert.Equal(["mri_healthy"], await Labels(service, "?sha256=" + hash[..10]));
        Assert.Equal(3, (await Labels(service, "?accepted=true&from=2020-01-01T00:00:00Z")).Count);
        Assert.Empty(await Labels(service, "?to=2020-01-01T00:00:00Z"));
        Assert.Empty(await Labels(service, "?key=nobody"));
        foreach (var wrong in (string[])["limit=0", "limit=501", "label=tumour", "verdict=yes", "sha256=%25", "sha256=" + new string('0', 65),
            "from=yesterday", "limit=many", "accepted=perhaps", "before=x", "before=" + new string('A', 32), "key=%01",
            "from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z"])
            await (await service.Get("/v1/results?" + wrong)).Problem(400);
        await (await service.Get("/v1/results/unknown")).Problem(404);
    }

    [Fact]
    public async Task A_verdict_or_label_finds_accepted_results_alone_unless_others_are_asked_for()
    {
        await using var service = await Start();
        await service.Send(Image(255, 0, 0));
        var kept = service.Services.GetRequiredService<IDbContextFactory<ServiceDatabase>>();
        await using (var database = await kept.CreateDbContextAsync(TestContext.Current.CancellationToken))
        {
            var accepted = await database.Results.AsNoTracking().SingleAsync(TestContext.Current.CancellationToken);
            database.Results.Add(new StoredResult
            {
                Id = new string('f', 32),
                Time = accepted.Time,
                Sha256 = accepted.Sha256,
                Model = accepted.Model,
                Label = accepted.Label,
                Verdict = accepted.Verdict,
                Accepted = false,
                Answer = accepted.Answer,
            });
            await database.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        Assert.NotEqual(new string('f', 32), Assert.Single(await Results(service, "?verdict=tumour")).GetProperty("id").GetString());
        Assert.Single(await Results(service, "?label=ct_tumor"));
        Assert.Equal(new string('f', 32),
            Assert.Single(await Results(service, "?verdict=tumour&accepted=false")).GetProperty("id").GetString());
        Assert.Equal(2, (await Results(service, "?verdict=tumour&accepted=any")).Count);
        Assert.Equal(2, (await Results(service, "")).Count);
    }

    [Fact]
    public async Task A_result_names_the_callers_key()
    {
        var key = Keys.Add("radiology", 600);
        await using var service = await Start();
        service.Client.DefaultRequestHeaders.Add("x-api-key", key);

        await service.Send(Image(255, 0, 0));

        Assert.Equal("radiology", Assert.Single(await Results(service, "?key=radiology")).GetProperty("key").GetString());
    }

    private static async Task<List<string?>> Labels(RunningService service, string query) =>
        [.. (await Results(service, query)).Select(result => result.GetProperty("answer").GetProperty("label").GetString())];

    private static async Task<List<JsonElement>> Results(RunningService service, string query) =>
        [.. (await (await service.Get("/v1/results" + query)).Json()).GetProperty("results").EnumerateArray()];

    private byte[] Image(byte red, byte green, byte blue) =>
        File.ReadAllBytes(TestImage.Write(Folder.File($"{red}-{green}-{blue}.png"), red, green, blue));
}
