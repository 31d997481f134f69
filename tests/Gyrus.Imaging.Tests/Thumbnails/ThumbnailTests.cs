using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.Thumbnails;
using Xunit;

namespace Gyrus.Imaging.Tests.Thumbnails;

public sealed class ThumbnailTests
{
    [Theory]
    [InlineData(400, 200, 160, 80)]
    [InlineData(100, 300, 53, 160)]
    [InlineData(20, 10, 20, 10)]
    [InlineData(1, 1, 1, 1)]
    public void A_scan_is_fitted_into_the_square_and_never_enlarged(int width, int height, int thenWidth, int thenHeight)
    {
        var small = Small(width, height, (_, _) => (9, 9, 9));

        Assert.Equal((thenWidth, thenHeight, "jpeg"), (small.Width, small.Height, small.Format));
    }

    [Fact]
    public void Colours_and_places_stay()
    {
        var small = Small(320, 320, (x, _) => x < 160 ? ((byte)200, (byte)40, (byte)40) : ((byte)20, (byte)20, (byte)180));

        Assert.InRange(small.Rgb[(80 * 160 + 20) * 3], 190, 210);
        Assert.InRange(small.Rgb[((80 * 160 + 140) * 3) + 2], 170, 190);
    }

    private static Scan Small(int width, int height, Func<int, int, (byte R, byte G, byte B)> colour)
    {
        byte[] rgb = [.. Enumerable.Range(0, width * height).Select(i => colour(i % width, i / width))
            .SelectMany(c => (byte[])[c.R, c.G, c.B])];
        return ScanDecoder.Decode("small", Thumbnail.Jpeg(new Scan(width, height, "RGB", "png", rgb), 160));
    }
}
