using Gyrus.Server.Hosting;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Xunit;

namespace Gyrus.Server.Tests.Model;

/// <summary>What the service was told to do otherwise than usual is done, and told.</summary>
public sealed class SettingsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private byte[] Red => File.ReadAllBytes(TestImage.Write(_folder.File("red.png"), 255, 0, 0));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_threshold_other_than_the_models_holds_and_is_told_wherever_the_threshold_is()
    {
        await using var service = await RunningService.Start(_folder, options => options with { Threshold = 1 });

        var answer = await (await service.Send(Red)).Json();
        var model = await (await service.Get("/v1/model")).Json();
        var kept = await (await service.Get("/v1/results/" + answer.GetProperty("id").GetString())).Json();

        Assert.Equal(1, answer.GetProperty("threshold").GetDouble());
        Assert.Equal("healthy", answer.GetProperty("verdict").GetString());
        Assert.Equal(1, kept.GetProperty("answer").GetProperty("threshold").GetDouble());
        Assert.Equal(1, model.GetProperty("threshold").GetProperty("threshold").GetDouble());
        Assert.Equal(0.5, model.GetProperty("ownThreshold").GetDouble());
        Assert.StartsWith("> This service calls an image a tumour from 1 on, instead of the model's own 0.5.",
            model.GetProperty("card").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_models_own_threshold_is_told_as_its_own()
    {
        await using var service = await RunningService.Start(_folder, options => options with { Views = 2, BatchSize = 1, Workers = 1 });

        var model = await (await service.Get("/v1/model")).Json();

        Assert.Equal(System.Text.Json.JsonValueKind.Null, model.GetProperty("ownThreshold").ValueKind);
        Assert.DoesNotContain("This service", model.GetProperty("card").GetString(), StringComparison.Ordinal);
        Assert.Equal(2, model.GetProperty("views").GetInt32());
        Assert.Equal(200, (int)(await service.Send(("a", Red), ("b", Red))).StatusCode);
    }

    [Fact]
    public async Task An_image_of_more_pixels_than_the_limit_is_refused_with_the_limit()
    {
        await using var service = await RunningService.Start(_folder, options => options with { PixelLimit = 10 });

        Assert.Contains("the limit is 10", await (await service.Send(Red)).Problem(422), StringComparison.Ordinal);
    }

    [Fact]
    public void Options_out_of_range_are_refused_before_anything_is_opened()
    {
        var usual = new ServiceOptions(_folder.File("no model"), new Gyrus.Server.Database.DatabaseOptions(_folder.File("data")));

        Assert.All(
            (ServiceOptions[])[
                usual with { QueueLimit = 0 }, usual with { QueueLimit = 100_001 }, usual with { MostImages = 65 }, usual with { MostImages = 0 },
                usual with { LargestImage = 0 }, usual with { LargestImage = int.MaxValue }, usual with { BodyMemory = 0 }, usual with { PixelLimit = 0 }, usual with { LargestStudy = 0 }, usual with { MostStudyImages = 0 },
                usual with { BodyMemory = long.MaxValue }, usual with { BatchSize = 0 }, usual with { Workers = -1 }, usual with { Views = 3 },
                usual with { Threshold = double.NaN },
            ],
            wrong => Assert.Throws<GyrusException>(() => ScanService.Build(wrong)));
        Assert.False(Directory.Exists(_folder.File("data")));
    }
}
