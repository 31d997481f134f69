using FsCheck;
using FsCheck.Fluent;
using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.Tensors;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Imaging.Tests;

public sealed class ScanTensorTests
{
    [Fact]
    public void Bilinear_any_sizes_equals_naive_reference()
    {
        var cases = from width in Gen.Choose(1, 90)
                    from height in Gen.Choose(1, 90)
                    from size in Gen.Choose(1, 70)
                    from seed in Gen.Choose(0, int.MaxValue - 1)
                    select (width, height, size, seed);
        Prop.ForAll(Arb.From(cases), c =>
        {
            var scan = Noise(c.width, c.height, c.seed);
            var tensor = Write(scan, c.size, ResampleKernel.Bilinear, Normalisation.Tf);
            for (int y = 0; y < c.size; y++)
            {
                for (int x = 0; x < c.size; x++)
                {
                    for (int channel = 0; channel < 3; channel++)
                    {
                        double wanted = (Reference(scan, c.size, x, y, channel) / 127.5) - 1;
                        Assert.Equal(wanted, tensor[(channel * c.size + y) * c.size + x], 1e-5);
                    }
                }
            }
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(512, 400, 299)]
    [InlineData(200, 231, 224)]
    [InlineData(1, 1, 5)]
    [InlineData(3000, 2, 17)]
    public void Bilinear_constant_image_stays_constant(int width, int height, int size)
    {
        var rgb = new byte[3 * width * height];
        for (int i = 0; i < rgb.Length; i++) rgb[i] = (byte)(i % 3 == 0 ? 255 : i % 3 == 1 ? 7 : 100);
        var tensor = Write(new Scan(width, height, "RGB", "png", rgb), size, ResampleKernel.Bilinear, Normalisation.Tf);

        Assert.All(tensor[..(size * size)], value => Assert.Equal(1, value, 1e-5));
        Assert.All(tensor[(size * size)..(2 * size * size)], value => Assert.Equal((7 / 127.5) - 1, value, 1e-5));
        Assert.All(tensor[(2 * size * size)..], value => Assert.Equal((100 / 127.5) - 1, value, 1e-5));
    }

    [Theory]
    [InlineData(ResampleKernel.Bilinear)]
    [InlineData(ResampleKernel.Nearest)]
    public void Write_at_the_scans_own_size_keeps_every_pixel(ResampleKernel kernel)
    {
        var scan = Noise(31, 31, seed: 1);
        var tensor = Write(scan, 31, kernel, Normalisation.Tf);
        for (int i = 0; i < 31 * 31; i++)
        {
            for (int channel = 0; channel < 3; channel++)
                Assert.Equal(scan.Rgb[3 * i + channel] / 127.5f - 1, tensor[channel * 31 * 31 + i]);
        }
    }

    [Theory]
    [InlineData(ResampleKernel.Bilinear, Framing.Whole)]
    [InlineData(ResampleKernel.Nearest, Framing.Whole)]
    [InlineData(ResampleKernel.Bilinear, Framing.Head)]
    [InlineData(ResampleKernel.Nearest, Framing.Head)]
    public void Greys_of_8_bits_are_levels_in_whole_numbers_and_finer_ones_are_seen(ResampleKernel kernel, Framing framing)
    {
        var preprocessing = new Preprocessing(37, kernel, Normalisation.Tf) { Framing = framing };
        var scan = new DrawnScan(90, 80, 5).Head(45, 40, 30, 34).Noise(3, 20).Scan;
        float[] levels = [.. scan.Rgb.Where((_, i) => i % 3 == 0).Select(grey => (float)grey)];
        var eight = Write(scan, preprocessing);

        Assert.Equal(eight, Write(scan with { Levels = levels }, preprocessing));
        // A quarter of a grey, which no byte holds, is a quarter of one in the tensor; black around the head stays black.
        var finer = Write(scan with { Levels = [.. levels.Select(level => level + 0.25f)] }, preprocessing);
        Assert.All(eight.Zip(finer), pair => Assert.InRange((pair.Second - pair.First) * 127.5, -1e-3, 0.25 + 1e-3));
        Assert.Equal(0.25, (finer[(18 * 37) + 18] - eight[(18 * 37) + 18]) * 127.5, 1e-3);
    }

    [Fact]
    public void Other_pixels_have_no_levels_of_the_old_ones() => Assert.Null((Noise(2, 2, 1) with { Levels = new float[4] } with { Rgb = new byte[12] }).Levels);

    [Fact]
    public void Levels_of_another_size_are_refused() =>
        Assert.Throws<ArgumentException>(() => Write(Noise(2, 2, 1) with { Levels = new float[3] }, 4, ResampleKernel.Bilinear, Normalisation.Tf));

    [Fact]
    public void Caffe_is_blue_green_red_minus_the_ImageNet_mean()
    {
        var scan = new Scan(1, 1, "RGB", "png", [10, 20, 30]);
        var tensor = Write(scan, 2, ResampleKernel.Nearest, Normalisation.Caffe);
        Assert.Equal(Enumerable.Repeat(30 - 103.939f, 4), tensor[..4]);
        Assert.Equal(Enumerable.Repeat(20 - 116.779f, 4), tensor[4..8]);
        Assert.Equal(Enumerable.Repeat(10 - 123.68f, 4), tensor[8..]);
    }

    [Fact]
    public void Tf_is_red_green_blue_from_minus_one_to_one()
    {
        var scan = new Scan(1, 1, "RGB", "png", [0, 51, 255]);
        Assert.Equal([-1f, 51f / 127.5f - 1f, 1f], Write(scan, 1, ResampleKernel.Nearest, Normalisation.Tf));
    }

    [Theory]
    [InlineData(4, 2, new[] { 1, 3 })]
    [InlineData(2, 4, new[] { 0, 0, 1, 1 })]
    [InlineData(5, 3, new[] { 0, 2, 4 })]
    [InlineData(3, 1, new[] { 1 })]
    [InlineData(10, 4, new[] { 1, 3, 6, 8 })]
    public void Nearest_takes_the_pixel_under_the_centre(int sourceLength, int length, int[] wanted)
    {
        var sources = new int[length];
        NearestResampler.FillSources(sources, sourceLength);
        Assert.Equal(wanted, sources);
    }

    [Fact]
    public void Nearest_any_sizes_stays_inside_and_never_steps_back()
    {
        var cases = Gen.Choose(1, 5000).Two();
        Prop.ForAll(Arb.From(cases), c =>
        {
            var sources = new int[c.Item2];
            NearestResampler.FillSources(sources, c.Item1);
            for (int i = 0; i < sources.Length; i++)
            {
                double centre = (i + 0.5) * c.Item1 / c.Item2;
                Assert.InRange(sources[i], Math.Max(0, centre - 1.000001), Math.Min(c.Item1 - 1, centre + 0.000001));
                Assert.True(i == 0 || sources[i] >= sources[i - 1]);
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Nearest_takes_whole_pixels_row_by_row()
    {
        var scan = new Scan(2, 3, "RGB", "png", [.. Enumerable.Range(0, 18).Select(i => (byte)i)]);
        var tensor = Write(scan, 1, ResampleKernel.Nearest, Normalisation.Caffe);
        // The centre of three rows is the second, of two columns the second: the pixel at (1, 1).
        Assert.Equal([11 - 103.939f, 10 - 116.779f, 9 - 123.68f], tensor);
    }

    [Fact]
    public void TriangleFilter_any_lengths_weights_are_not_negative_and_sum_to_one()
    {
        Prop.ForAll(Arb.From(Gen.Choose(1, 3000).Two()), c =>
        {
            using var filter = new TriangleFilter(c.Item1, c.Item2);
            for (int i = 0; i < c.Item2; i++)
            {
                Assert.InRange(filter.Start(i), 0, c.Item1 - filter.Taps);
                double sum = 0;
                foreach (float weight in filter.Weights(i))
                {
                    Assert.True(weight >= 0);
                    sum += weight;
                }
                Assert.Equal(1, sum, 1e-5);
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Write_from_many_threads_equals_one_thread()
    {
        var scans = Enumerable.Range(0, 16).Select(i => Noise(64 + 7 * i, 90 - 3 * i, i)).ToArray();
        var wanted = scans.Select(s => Write(s, 40, ResampleKernel.Bilinear, Normalisation.Tf)).ToArray();
        Parallel.For(0, 320, i =>
            Assert.Equal(wanted[i % 16], Write(scans[i % 16], 40, ResampleKernel.Bilinear, Normalisation.Tf)));
    }

    [Fact]
    public void Write_once_warm_allocates_nothing()
    {
        var scan = Noise(512, 512, seed: 3);
        var preprocessing = new Preprocessing(299, ResampleKernel.Bilinear, Normalisation.Tf);
        var tensor = new float[preprocessing.Length];
        // The least of several tries: a collection that another test brings about empties the shared array pool, and
        // what is then rented is allocated anew.
        long least = Enumerable.Range(0, 20).Min(_ =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            ScanTensor.Write(scan, preprocessing, tensor);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        });
        Assert.InRange(least, 0, 256);
    }

    [Fact]
    public void Write_wrong_tensor_length_or_pixels_is_refused()
    {
        var preprocessing = new Preprocessing(4, ResampleKernel.Bilinear, Normalisation.Tf);
        Assert.Throws<ArgumentException>(() => ScanTensor.Write(Noise(2, 2, 0), preprocessing, new float[47]));
        var broken = new Scan(2, 2, "RGB", "png", new byte[11]);
        Assert.Throws<ArgumentException>(() => ScanTensor.Write(broken, preprocessing, new float[48]));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => ScanTensor.Write(Noise(2, 2, 0), preprocessing with { Size = 0 }, []));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => ScanTensor.Write(Noise(2, 2, 0), preprocessing with { Kernel = (ResampleKernel)9 }, new float[48]));
    }

    /// <summary>The definition, in two dimensions at once and double precision.</summary>
    private static double Reference(Scan scan, int size, int x, int y, int channel)
    {
        double sum = 0, total = 0;
        double stepX = (double)scan.Width / size, stepY = (double)scan.Height / size;
        for (int j = 0; j < scan.Height; j++)
        {
            double down = 1 - Math.Abs(j + 0.5 - (y + 0.5) * stepY) / Math.Max(1, stepY);
            if (down <= 0) continue;
            for (int i = 0; i < scan.Width; i++)
            {
                double across = 1 - Math.Abs(i + 0.5 - (x + 0.5) * stepX) / Math.Max(1, stepX);
                if (across <= 0) continue;
                sum += down * across * scan.Rgb[3 * (j * scan.Width + i) + channel];
                total += down * across;
            }
        }
        return sum / total;
    }

    private static float[] Write(Scan scan, Preprocessing preprocessing)
    {
        var tensor = new float[preprocessing.Length];
        ScanTensor.Write(scan, preprocessing, tensor);
        return tensor;
    }

    private static float[] Write(Scan scan, int size, ResampleKernel kernel, Normalisation normalisation)
    {
        var tensor = new float[3 * size * size];
        ScanTensor.Write(scan, new Preprocessing(size, kernel, normalisation), tensor);
        return tensor;
    }

    private static Scan Noise(int width, int height, int seed)
    {
        var rgb = new byte[3 * width * height];
        new System.Random(seed).NextBytes(rgb);
        return new Scan(width, height, "RGB", "png", rgb);
    }
}
