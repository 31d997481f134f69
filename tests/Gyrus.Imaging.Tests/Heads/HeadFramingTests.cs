using Gyrus.Testing;
using Xunit;

namespace Gyrus.Imaging.Tests.Heads;

public sealed class HeadFramingTests
{
    [Fact]
    public void Apply_gives_a_square_that_the_head_fills()
    {
        var framed = HeadFraming.Apply(new DrawnScan(300, 340, 0).Head(120, 200, 70, 90).Scan);

        Assert.True(framed.IsHead);
        Assert.Equal(framed.Scan.Width, framed.Scan.Height);
        Assert.InRange(framed.Scan.Width, 180, 200);
        Assert.InRange(framed.Left, 120 - 100, 120 - 88);
        Assert.InRange(framed.Top, 200 - 100, 200 - 88);
    }

    [Fact]
    public void Apply_moves_no_pixel_against_the_scan()
    {
        var scan = new DrawnScan(300, 340, 0).Head(120, 200, 70, 90).Ellipse(100, 210, 20, 20, 180).Scan;

        var framed = HeadFraming.Apply(scan);

        Assert.Equal(180, At(framed.Scan, 100 - framed.Left, 210 - framed.Top));
        Assert.Equal(230, At(framed.Scan, 120 - framed.Left, 112 - framed.Top));
    }

    [Fact]
    public void Apply_sees_no_text_beside_the_head()
    {
        var head = new DrawnScan(300, 340, 0).Head(150, 200, 80, 90);
        var plain = HeadFraming.Apply(head.Scan);

        var written = HeadFraming.Apply(DrawnScan.On(head.Scan).Text(5, 5, "MR 1025", 1, 255, 255, 255).Scan);

        Assert.Equal(plain.Scan.Rgb, written.Scan.Rgb);
        Assert.Equal((plain.Left, plain.Top), (written.Left, written.Top));
    }

    [Fact]
    public void Apply_takes_colour_away()
    {
        var drawn = new DrawnScan(300, 300, 0).Head(150, 150, 90, 100);
        for (int y = 140; y < 160; y++)
        {
            for (int x = 140; x < 160; x++) drawn.Dot(x, y, 200, 40, 40);
        }

        var framed = HeadFraming.Apply(drawn.Scan).Scan;

        for (int i = 0; i < framed.Rgb.Length; i += 3)
            Assert.True(framed.Rgb[i] == framed.Rgb[i + 1] && framed.Rgb[i] == framed.Rgb[i + 2]);
    }

    [Fact]
    public void Apply_without_a_head_lets_the_whole_image_through_in_the_middle_of_a_square()
    {
        var scan = new DrawnScan(100, 60, 77).Scan;

        var framed = HeadFraming.Apply(scan);

        Assert.False(framed.IsHead);
        Assert.Equal((100, 100, 0, -20), (framed.Scan.Width, framed.Scan.Height, framed.Left, framed.Top));
        Assert.Equal(0, At(framed.Scan, 50, 19));
        Assert.Equal(77, At(framed.Scan, 0, 20));
        Assert.Equal(77, At(framed.Scan, 99, 79));
        Assert.Equal(0, At(framed.Scan, 50, 80));
    }

    [Fact]
    public void Write_with_head_framing_is_the_tensor_of_the_framed_scan()
    {
        var scan = new DrawnScan(300, 340, 0).Head(120, 200, 70, 90).Scan;
        var preprocessing = new Preprocessing(64, ResampleKernel.Bilinear, Normalisation.Caffe, Framing.Head);
        var (head, whole) = (new float[preprocessing.Length], new float[preprocessing.Length]);

        ScanTensor.Write(scan, preprocessing, head);
        ScanTensor.Write(HeadFraming.Apply(scan).Scan, preprocessing with { Framing = Framing.Whole }, whole);

        Assert.Equal(whole, head);
    }

    [Theory]
    [InlineData(Normalisation.Tf)]
    [InlineData(Normalisation.Caffe)]
    public void Pixels_normalised_are_the_tensor_but_for_rounding(Normalisation normalisation)
    {
        var scan = new DrawnScan(300, 340, 0).Head(120, 200, 70, 90).Noise(3, 40).Scan;
        var preprocessing = new Preprocessing(64, ResampleKernel.Bilinear, normalisation, Framing.Head);
        var (direct, rounded) = (new float[preprocessing.Length], new float[preprocessing.Length]);

        ScanTensor.Write(scan, preprocessing, direct);
        ScanTensor.Normalise(
            Array.ConvertAll(ScanTensor.Pixels(scan, preprocessing), value => (float)value), preprocessing, rounded);

        float half = normalisation == Normalisation.Tf ? 0.501f / 127.5f : 0.501f;
        for (int i = 0; i < direct.Length; i++) Assert.InRange(rounded[i] - direct[i], -half, half);
    }

    private static byte At(Scan scan, int x, int y) => scan.Rgb[3 * ((y * scan.Width) + x)];
}
