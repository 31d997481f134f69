using Gyrus.Testing;
using Gyrus.Testing.Models;
using Xunit;

namespace Gyrus.Server.Tests.Telemetry;

/// <summary>Alone: meters are found by name in the whole process, so services that run beside would be counted too.</summary>
[Collection(nameof(MetricsTests))]
[CollectionDefinition(nameof(MetricsTests), DisableParallelization = true)]
public sealed class MetricsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Metrics_count_images_by_outcome()
    {
        await using var service = await RunningService.Start(_folder);
        var red = File.ReadAllBytes(TestImage.Write(_folder.File("red.png"), 255, 0, 0));
        var green = File.ReadAllBytes(TestImage.Write(_folder.File("green.png"), 0, 255, 0));
        await service.Send(("a", red), ("b", green), ("c", red), ("d", "no image"u8.ToArray()));
        Assert.Equal(200, (int)(await service.Get("/v2/health/ready")).StatusCode);

        var text = await (await service.Get("/metrics")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        var counts = text.Split('\n').Where(line => line.StartsWith("gyrus_images_total{", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, Count("tumour"));
        Assert.Equal(1, Count("healthy"));
        Assert.Equal(1, Count("unreadable"));
        Assert.Equal(1, Count("probe"));
        Assert.DoesNotContain(counts, line => line.Contains("outcome=\"refused\"", StringComparison.Ordinal));
        Assert.Contains(text.Split('\n'), line => line.StartsWith("gyrus_batch_duration_seconds_bucket{", StringComparison.Ordinal)
            && line.Contains("le=\"0.25\"", StringComparison.Ordinal));
        Assert.Contains("gyrus_queue_length", text, StringComparison.Ordinal);
        Assert.Contains("http_server_request_duration_seconds", text, StringComparison.Ordinal);

        int Count(string outcome) => int.Parse(
            counts.Single(line => line.Contains($"outcome=\"{outcome}\"", StringComparison.Ordinal)).Split(' ')[1],
            System.Globalization.CultureInfo.InvariantCulture);
    }
}
