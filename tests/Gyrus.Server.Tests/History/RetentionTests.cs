using Gyrus.Server.Database;
using Gyrus.Server.History;
using Gyrus.Server.Tests.Database;
using Gyrus.Testing.Models;
using Gyrus.Testing.PostgreSql;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Gyrus.Server.Tests.History;

public sealed class RetentionOnSqliteTests() : RetentionTests(null);

public sealed class RetentionOnPostgreSqlTests(PostgreSqlServer server) : RetentionTests(server);

/// <summary>Results that are as old as they are to be kept.</summary>
public abstract class RetentionTests(PostgreSqlServer? postgres) : DatabaseTests(postgres)
{
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(3);

    // Files that are kept have the system's time.
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Old_results_and_their_images_go_within_the_hour_and_others_stay()
    {
        await using var service = await Start(options => options with { KeepResults = TimeSpan.FromDays(90), KeepImages = true }, _clock);
        var (old, both) = (Image(1), Image(2));
        await service.Send(("old", old), ("both", both));
        // More than go at once.
        await Copy(service, 1200);
        _clock.Advance(TimeSpan.FromDays(80));
        var young = (await (await service.Send(both)).Json()).GetProperty("id").GetString();
        _clock.Advance(TimeSpan.FromDays(9));
        Assert.Equal(1203, await Count(service));

        _clock.Advance(TimeSpan.FromDays(1));
        await Until(async () =>
        {
            _clock.Advance(TimeSpan.FromHours(1));
            return await Count(service) == 1 && Images() == 1;
        });

        Assert.Equal(200, (int)(await service.Get($"/v1/results/{young}/image")).StatusCode);
    }

    [Fact]
    public async Task Old_results_go_at_the_start()
    {
        await using (var before = await Start(time: _clock)) await before.Send(Image(1));
        _clock.Advance(TimeSpan.FromHours(37));

        await using var service = await Start(options => options with { KeepResults = TimeSpan.FromHours(36) }, _clock);

        await Until(async () => await Count(service) == 0);
    }

    [Fact]
    public async Task Without_an_age_results_stay_for_ever()
    {
        await using var service = await Start(time: _clock);
        await service.Send(Image(1));

        _clock.Advance(TimeSpan.FromDays(36_500));

        Assert.True(service.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<ResultRetention>().Single()
            .ExecuteTask!.IsCompletedSuccessfully);
        Assert.Equal(1, await Count(service));
    }

    private byte[] Image(byte red) => File.ReadAllBytes(TestImage.Write(Folder.File($"{red}.png"), red, 0, 0));

    private int Images() => Directory.GetFiles(Folder.File("data/images"), "*", SearchOption.AllDirectories).Length;

    private static async Task<int> Count(RunningService service)
    {
        await using var database = await service.Services.GetRequiredService<IDbContextFactory<ServiceDatabase>>().CreateDbContextAsync(Cancel);
        return await database.Results.CountAsync(Cancel);
    }

    private static async Task Copy(RunningService service, int times)
    {
        await using var database = await service.Services.GetRequiredService<IDbContextFactory<ServiceDatabase>>().CreateDbContextAsync(Cancel);
        var result = await database.Results.AsNoTracking().FirstAsync(Cancel);
        database.Results.AddRange(Enumerable.Range(0, times).Select(i => new StoredResult
        {
            Id = $"{i:x32}",
            Time = result.Time,
            Sha256 = result.Sha256,
            Model = result.Model,
            Accepted = true,
            Answer = result.Answer,
        }));
        await database.SaveChangesAsync(Cancel);
    }

    private static async Task Until(Func<Task<bool>> isSo)
    {
        using var hang = new CancellationTokenSource(Hang);
        while (!await isSo()) await Task.Delay(20, hang.Token);
    }
}
