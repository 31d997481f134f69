using Gyrus.Learning.Training;
using Xunit;

namespace Gyrus.Learning.Tests.Training;

public sealed class ChangedPixelsTests
{
    private const int Size = 24;

    private static readonly DrawnChange Nothing = new([1, 0, 0, 0, 1, 0], 1, 1, 0, 0, (0, 0, 0, 0), 1);

    [Fact]
    public void Nothing_drawn_changes_nothing()
    {
        var source = Picture();

        var changed = Write(source, Nothing);

        for (int i = 0; i < source.Length; i++) Assert.Equal(source[i], changed[i], 1e-2f);
    }

    [Fact]
    public void A_quarter_turn_moves_pixels_where_a_quarter_turn_does()
    {
        var source = Picture();

        var turned = Write(source, Nothing with { Map = [0, -1, 0, 1, 0, 0] });

        // Output (x, y) takes input (-y, x), counted from the centre.
        for (int y = 0; y < Size; y++)
        {
            for (int x = 0; x < Size; x++)
                Assert.Equal(source[(x * Size) + (Size - 1 - y)], turned[(y * Size) + x], 1e-2f);
        }
    }

    [Fact]
    public void What_comes_from_beyond_the_image_is_black()
    {
        var shifted = Write([.. Enumerable.Repeat((byte)200, Size * Size)], Nothing with { Map = [1, 0, 1, 0, 1, 0] });

        Assert.Equal(200, shifted[(5 * Size) + 3], 1e-2f);
        Assert.Equal(0, shifted[(5 * Size) + Size - 2]);
    }

    [Fact]
    public void Cut_out_blackens_its_rectangle_alone()
    {
        var cut = Write([.. Enumerable.Repeat((byte)90, Size * Size)], Nothing with { CutOut = (0.25, 0.5, 0.25, 0.25) });

        for (int y = 0; y < Size; y++)
        {
            for (int x = 0; x < Size; x++)
                Assert.Equal(x is >= 6 and < 12 && y is >= 12 and < 18 ? 0 : 90, cut[(y * Size) + x], 1e-2f);
        }
    }

    [Fact]
    public void Brightness_keeps_black_and_the_order_of_grey_levels()
    {
        byte[] ramp = [.. Enumerable.Range(0, Size * Size).Select(i => (byte)(i * 256 / (Size * Size)))];

        var changed = Write(ramp, Nothing with { Gamma = 1.3, Contrast = 0.8 });

        Assert.Equal(0, changed[0]);
        Assert.Equal(255 * 0.8 * Math.Pow(128 / 255.0, 1.3), changed[Size * Size / 2], 0.5);
        for (int i = 1; i < changed.Length; i++) Assert.True(changed[i] >= changed[i - 1]);
    }

    [Fact]
    public void Blur_keeps_the_mean_and_lowers_the_variance()
    {
        var random = new SeededRandom(4);
        byte[] source = [.. Enumerable.Range(0, Size * Size).Select(_ => (byte)random.Next(256))];

        var blurred = Write(source, Nothing with { Blur = 1.0 / Size });

        Assert.Equal(source.Average(value => (double)value), blurred.Average(), 4.0);
        Assert.True(Variance(blurred) < 0.3 * Variance([.. source.Select(value => (float)value)]));
    }

    [Fact]
    public void Noise_has_the_deviation_that_was_drawn()
    {
        var noisy = Write([.. Enumerable.Repeat((byte)128, Size * Size)], Nothing with { Noise = 6 });

        Assert.InRange(Math.Sqrt(Variance(noisy)), 5, 7);
    }

    [Fact]
    public void Drawn_changes_stay_in_their_ranges_and_follow_the_seed()
    {
        var options = new AugmentationOptions();
        var random = new SeededRandom(1);
        for (int i = 0; i < 300; i++)
        {
            var change = Augmentation.Draw(options, random);
            Assert.InRange(change.Gamma, Math.Exp(-0.25), Math.Exp(0.25));
            Assert.InRange(change.Contrast, Math.Exp(-0.25), Math.Exp(0.25));
            Assert.InRange(change.Noise, 0, 6);
            Assert.InRange(change.Blur, 0, 0.006);
            Assert.InRange(change.CutOut.Width, 0, 0.45);
            double scale = Math.Sqrt(Math.Abs((change.Map[0] * change.Map[4]) - (change.Map[1] * change.Map[3])));
            Assert.InRange(scale, 1 / 1.16, 1 / 0.84);
        }
        Assert.Equal(
            Augmentation.Draw(options, new SeededRandom(9)).Map, Augmentation.Draw(options, new SeededRandom(9)).Map);
    }

    private static byte[] Picture()
    {
        var random = new SeededRandom(2);
        return [.. Enumerable.Range(0, Size * Size).Select(_ => (byte)random.Next(256))];
    }

    private static float[] Write(byte[] source, DrawnChange change)
    {
        var target = new float[source.Length];
        ChangedPixels.Write(source, Size, change, target);
        return target;
    }

    private static double Variance(float[] values)
    {
        double mean = values.Average();
        return values.Average(value => (value - mean) * (value - mean));
    }
}
