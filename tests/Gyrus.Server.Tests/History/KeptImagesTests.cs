using Gyrus.Testing;
using Gyrus.Testing.Models;
using Xunit;

namespace Gyrus.Server.Tests.History;

public sealed class KeptImagesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private byte[] Red => File.ReadAllBytes(TestImage.Write(_folder.File("red.png"), 255, 0, 0));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task No_image_is_kept_unless_told_so()
    {
        await using var service = await RunningService.Start(_folder);
        var answer = await (await service.Send(Red)).Json();

        await (await service.Get($"/v1/results/{answer.GetProperty("id").GetString()}/image")).Problem(404);

        Assert.All(Directory.GetFiles(_folder.File("data"), "*", SearchOption.AllDirectories),
            file => Assert.StartsWith("gyrus.sqlite", Path.GetFileName(file), StringComparison.Ordinal));
        Assert.False((await (await service.Get("/v1/model")).Json()).GetProperty("keepsImages").GetBoolean());
    }

    [Fact]
    public async Task A_kept_image_is_given_back_to_the_byte_and_is_there_once()
    {
        await using var service = await RunningService.Start(_folder, options => options with { KeepImages = true });
        await service.Send(Red);
        var id = (await (await service.Send(Red)).Json()).GetProperty("id").GetString();

        var image = await service.Get($"/v1/results/{id}/image");

        Assert.Equal("image/png", image.Content.Headers.ContentType!.MediaType);
        Assert.Equal(Red, await image.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.True((await (await service.Get($"/v1/results/{id}")).Json()).GetProperty("image").GetBoolean());
        Assert.Single(Directory.GetFiles(_folder.File("data/images"), "*", SearchOption.AllDirectories));
        await (await service.Get("/v1/results/unknown/image")).Problem(404);
    }

    [Fact]
    public async Task What_is_no_image_is_not_kept()
    {
        await using var service = await RunningService.Start(_folder, options => options with { KeepImages = true });

        await service.Send(("notes.png", "no image"u8.ToArray()));

        Assert.False(Directory.Exists(_folder.File("data/images")));
    }
}
