using Gyrus.Inference;
using Gyrus.Server.Classification;
using Gyrus.Server.Database;
using Gyrus.Server.Telemetry;
using Gyrus.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Gyrus.Server.Tests.Health;

public sealed class HealthTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Ready_fails_when_the_model_cannot_answer_and_live_does_not()
    {
        await using var service = await RunningService.Start(_folder);
        // A model whose session is gone fails at every image.
        service.Services.GetRequiredService<ScanClassifier>().Dispose();

        Assert.Equal(503, (int)(await service.Get("/v2/health/ready")).StatusCode);
        Assert.Equal(503, (int)(await service.Get("/v2/models/gyrus-test/ready")).StatusCode);
        Assert.Equal(200, (int)(await service.Get("/v2/health/live")).StatusCode);
    }

    [Fact]
    public async Task A_pause_before_images_come_is_no_standstill_of_the_queue()
    {
        await using var service = await RunningService.Start(_folder);
        var time = new FakeTimeProvider();
        // Without workers nothing moves.
        using var queue = new ClassificationQueue(
            service.Services.GetRequiredService<ScanClassifier>(), batchSize: 1, workers: 0, limit: 2, time,
            service.Services.GetRequiredService<ServiceMetrics>(), NullLogger<ClassificationQueue>.Instance);
        time.Advance(TimeSpan.FromHours(1));

        _ = queue.Classify([new ScanFile("first", [])], CancellationToken.None);

        Assert.Equal(TimeSpan.Zero, queue.SinceLastMove);
        time.Advance(TimeSpan.FromSeconds(5));
        _ = queue.Classify([new ScanFile("second", [])], CancellationToken.None);
        Assert.Equal(TimeSpan.FromSeconds(5), queue.SinceLastMove);
    }

    [Fact]
    public async Task Ready_fails_when_the_database_is_gone()
    {
        await using var service = await RunningService.Start(_folder);
        Directory.Move(_folder.File("data"), _folder.File("away"));

        Assert.Equal(503, (int)(await service.Get("/v2/health/ready")).StatusCode);

        // Ready at once when it is back: a bad answer is not kept.
        Directory.Move(_folder.File("away"), _folder.File("data"));
        Assert.Equal(200, (int)(await service.Get("/v2/health/ready")).StatusCode);
    }

    [Fact]
    public async Task Ready_fails_when_the_database_can_be_read_and_not_written()
    {
        await using var service = await RunningService.Start(_folder);
        var databases = service.Services.GetRequiredService<IDbContextFactory<ServiceDatabase>>();
        await using (var database = databases.CreateDbContext())
        {
            await database.Database.ExecuteSqlRawAsync(
                "CREATE TRIGGER full BEFORE INSERT ON health BEGIN SELECT RAISE(FAIL, 'no room'); END", TestContext.Current.CancellationToken);
        }

        Assert.Equal(503, (int)(await service.Get("/v2/health/ready")).StatusCode);
    }

    [Fact]
    public async Task Ready_fails_when_the_folder_of_kept_images_cannot_be_written()
    {
        await using var service = await RunningService.Start(_folder, options => options with { KeepImages = true });
        File.WriteAllText(_folder.File("data/images"), "a file where the folder should be");

        Assert.Equal(503, (int)(await service.Get("/v2/health/ready")).StatusCode);
    }
}
