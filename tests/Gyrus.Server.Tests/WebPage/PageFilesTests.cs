using Gyrus.Imaging.Decoding;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Server.Tests.WebPage;

public sealed class PageFilesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_page_names_and_offers_the_formats_that_are_read()
    {
        await using var service = await RunningService.Start(_folder);

        var page = await (await service.Get("/")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var text = await (await service.Get("/text.js")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Contains("accept=\"image/*,.dcm,.dicom,.png,.jpg,.jpeg,.jfif,.tif,.tiff,.webp,.bmp,.nii,.gz\"", page, StringComparison.Ordinal);
        Assert.Contains($"here: {ImageFormats.Titles}.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("{{", page + text, StringComparison.Ordinal);
    }
}
