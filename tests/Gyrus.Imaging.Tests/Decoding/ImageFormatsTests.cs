using Gyrus.Imaging.Decoding;
using Xunit;

namespace Gyrus.Imaging.Tests.Decoding;

public sealed class ImageFormatsTests
{
    [Fact]
    public void Titles_name_what_is_read() => Assert.Equal("DICOM, PNG, JPEG, TIFF, WebP or BMP", ImageFormats.Titles);

    [Fact]
    public void Formats_have_names_endings_and_media_types_of_their_own()
    {
        Assert.Distinct(ImageFormats.All.Select(format => format.Name));
        Assert.Distinct(ImageFormats.All.Select(format => format.MediaType));
        Assert.Distinct(ImageFormats.All.SelectMany(format => format.Extensions));
        Assert.All(ImageFormats.All.SelectMany(format => format.Extensions), ending => Assert.Matches("^[.][a-z]+$", ending));
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xD8, 0xFF }, "jpeg")]
    [InlineData(new byte[] { (byte)'B', (byte)'M' }, "bmp")]
    [InlineData(new byte[] { (byte)'B', (byte)'M', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 41, 0, 0, 0 }, null)]
    [InlineData(new byte[] { (byte)'M', (byte)'M', 0, 43 }, "tiff")]
    [InlineData(new byte[] { (byte)'G', (byte)'I', (byte)'F', (byte)'8' }, "gif")]
    [InlineData(new byte[] { 0xFF, 0xD8 }, null)]
    [InlineData(new byte[] { }, null)]
    public void Of_goes_by_the_first_bytes(byte[] bytes, string? expected) => Assert.Equal(expected, ImageFormats.Of(bytes)?.Name);

    [Theory]
    [InlineData("image/png", true)]
    [InlineData("IMAGE/anything", true)]
    [InlineData("text/plain", false)]
    [InlineData("", false)]
    public void IsMediaType_takes_images_of_any_format(string type, bool expected) => Assert.Equal(expected, ImageFormats.IsMediaType(type));
}
