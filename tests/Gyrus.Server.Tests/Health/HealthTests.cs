using Gyrus.Inference;
using Gyrus.Server.Classification;
using Gyrus.Server.Telemetry;
using Gyrus.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
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
        // Without workers nothing moves.
        using var queue = new ClassificationQueue(
            service.Services.GetRequiredService<ScanClassifier>(), batchSize: 1, workers: 0, limit: 2,
            service.Services.GetRequiredService<ServiceMetrics>(), NullLogger<ClassificationQueue>.Instance);
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        var pause = queue.SinceLastMove;

        _ = queue.Classify([new ScanFile("first", [])], CancellationToken.None);

        var after = queue.SinceLastMove;
        Assert.InRange(after, TimeSpan.Zero, pause - TimeSpan.FromMilliseconds(1));
        _ = queue.Classify([new ScanFile("second", [])], CancellationToken.None);
        Assert.InRange(queue.SinceLastMove, after, TimeSpan.MaxValue);
    }

    [Fact]
    public async Task Ready_fails_when_the_database_is_gone()
    {
        await using var service = await RunningService.Start(_folder);
        Directory.Delete(_folder.File("data"), recursive: true);

        Assert.Equal(503, (int)(await service.Get("/v2/health/ready")).StatusCode);
    }
}
