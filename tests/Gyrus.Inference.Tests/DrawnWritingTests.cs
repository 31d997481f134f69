using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.HeadRegion;
using Gyrus.Testing.Models;
using Xunit;

namespace Gyrus.Inference.Tests;

public class DrawnWritingTests
{
    private const int Side = 300;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Writing_is_bright_beside_the_head_and_leaves_the_head_alone(int seed)
    {
        var scan = new Scan(Side, Side, "L", "png", new byte[3 * Side * Side]);
        var head = new HeadMask(Side, Side, [.. Enumerable.Range(0, Side * Side).Select(i =>
            Math.Pow((i % Side) - 150, 2) + Math.Pow((i / Side) - 150, 2) < 120 * 120)]);

        var written = DrawnWriting.On(scan, head, new Random(seed))!;

        var bright = Enumerable.Range(0, Side * Side).Where(i => written.Rgb[3 * i] > 128).ToList();
        Assert.True(bright.Count > 100, $"{bright.Count} bright pixels");
        Assert.DoesNotContain(bright, i => head.Inside[i]);
        Assert.Equal(written.Rgb, DrawnWriting.On(scan, head, new Random(seed))!.Rgb);
    }

    [Fact]
    public void A_head_that_fills_the_image_leaves_no_room()
    {
        var scan = new Scan(Side, Side, "L", "png", new byte[3 * Side * Side]);
        var head = new HeadMask(Side, Side, [.. Enumerable.Repeat(true, Side * Side)]);

        Assert.Null(DrawnWriting.On(scan, head, new Random(1)));
    }
}
