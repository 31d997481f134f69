using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.HeadRegion;
using Gyrus.Imaging.Tensors;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Imaging.Tests.HeadRegion;

public sealed class HeadFramingTests
{
    [Fact]
    public void Apply_gives_a_square_that_the_head_fills()
    {
        var framed = HeadFraming.Apply(new DrawnScan(300, 340, 0).Head(120, 200, 70, 90).Scan);

        Assert.True(framed.IsHead);
        Assert.Equal(framed.Side, Math.Max(framed.Scan.Width, framed.Scan.Height));
        Assert.InRange(framed.Side, 180, 200);
        Assert.InRange(framed.Left, 120 - 100, 120 - 88);
        Assert.InRange(framed.Top, 200 - 100, 200 - 88);
    }

    [Fact]
    public void Apply_moves_no_pixel_against_the_scan()
    {
        var scan = new DrawnScan(300, 340, 0).Head(120, 200, 70, 90).Ellipse(100, 210, 20, 20, 180).Scan;

        var framed = HeadFraming.Apply(scan);

        Assert.Equal(180, At(Square(framed), 100 - framed.Left, 210 - framed.Top));
        Assert.Equal(230, At(Square(framed), 120 - framed.Left, 112 - framed.Top));
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
        Assert.Equal((100, 0, -20), (framed.Side, framed.Left, framed.Top));
        var square = Square(framed);
        Assert.Equal(0, At(square, 50, 19));
        Assert.Equal(77, At(square, 0, 20));
        Assert.Equal(77, At(square, 99, 79));
        Assert.Equal(0, At(square, 50, 80));
    }

    [Theory]
    [InlineData(ResampleKernel.Bilinear)]
    [InlineData(ResampleKernel.Nearest)]
    public void Write_with_head_framing_is_to_the_bit_the_tensor_of_the_whole_square(ResampleKernel kernel)
    {
        var random = new Random(7);
        var preprocessing = new Preprocessing(64, kernel, Normalisation.Caffe, Framing.Head);
        var (head, whole) = (new float[preprocessing.Length], new float[preprocessing.Length]);
        for (int i = 0; i < 60; i++)
        {
            int width = 1 + random.Next(400), height = 1 + random.Next(i % 3 == 0 ? 5 : 400);
            var drawn = new DrawnScan(width, height, (byte)random.Next(40));
            if (i % 2 == 0) drawn.Head(width / 2, height / 2, 1 + (width / 3), 1 + (height / 3));
            var scan = drawn.Noise(i, 60).Scan;

            ScanTensor.Write(scan, preprocessing, head);
            ScanTensor.Write(Square(HeadFraming.Apply(scan)), preprocessing with { Framing = Framing.Whole }, whole);

            Assert.Equal(whole, head);
        }
    }

    [Theory]
    [InlineData(40_000, 60)]
    [InlineData(60, 40_000)]
    [InlineData(ScanDecoder.LongestSide, 1)]
    [InlineData(1, ScanDecoder.LongestSide)]
    public void A_strip_takes_memory_by_its_pixels_and_not_by_the_square_around_it(int width, int height)
    {
        var scan = new Scan(width, height, "L", "png", new byte[3 * width * height]);
        var preprocessing = new Preprocessing(64, ResampleKernel.Bilinear, Normalisation.Caffe, Framing.Head);
        var tensor = new float[preprocessing.Length];

        long before = GC.GetAllocatedBytesForCurrentThread();
        ScanTensor.Write(scan, preprocessing, tensor);
        long taken = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.InRange(taken, 0, (40L * width * height) + (64L * Math.Max(width, height)) + 2_000_000);
        Assert.All(tensor, value => Assert.True(float.IsFinite(value)));
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

    /// <summary>The square with its black border in memory: what is seen, written out.</summary>
    private static Scan Square(FramedScan framed)
    {
        var (inner, side) = (framed.Scan, framed.Side);
        var rgb = new byte[3 * side * side];
        int left = (side - inner.Width) / 2, top = (side - inner.Height) / 2;
        for (int y = 0; y < inner.Height; y++)
            inner.Rgb.AsSpan(3 * y * inner.Width, 3 * inner.Width).CopyTo(rgb.AsSpan(3 * (((top + y) * side) + left)));
        return inner with { Width = side, Height = side, Rgb = rgb };
    }

    private static byte At(Scan scan, int x, int y) => scan.Rgb[3 * ((y * scan.Width) + x)];
}
