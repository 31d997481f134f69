using Gyrus.Inference;
using Gyrus.Testing;
using Microsoft.Extensions.DependencyInjection;
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
    public async Task Ready_fails_when_the_database_is_gone()
    {
        await using var service = await RunningService.Start(_folder);
        Directory.Delete(_folder.File("data"), recursive: true);

        Assert.Equal(503, (int)(await service.Get("/v2/health/ready")).StatusCode);
    }
}
