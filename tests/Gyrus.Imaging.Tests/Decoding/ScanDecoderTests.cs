using FsCheck;
using FsCheck.Fluent;
using Gyrus.Imaging.Decoding;
using Gyrus.Testing;
using NetVips;
using Xunit;

namespace Gyrus.Imaging.Tests;

public sealed class ScanDecoderTests
{
    [Theory]
    [InlineData(1, false, "L")]
    [InlineData(2, false, "LA")]
    [InlineData(3, false, "RGB")]
    [InlineData(4, false, "RGBA")]
    [InlineData(1, true, "L;16")]
    [InlineData(2, true, "LA;16")]
    [InlineData(3, true, "RGB;16")]
    [InlineData(4, true, "RGBA;16")]
    public void Png_and_Tiff_every_mode_decodes_to_the_pixels_written(int bands, bool sixteen, string mode)
    {
        AssertScan(ScanDecoder.Decode("a", TestImages.Png(bands, sixteen)), "png", mode, Flat(bands));
        AssertScan(ScanDecoder.Decode("a", TestImages.Tiff(bands, sixteen)), "tiff", mode, Flat(bands));
    }

    [Theory]
    [InlineData(3, "RGB")]
    [InlineData(4, "RGBA")]
    public void Webp_lossless_decodes_to_the_pixels_written(int bands, string mode) =>
        AssertScan(ScanDecoder.Decode("a", TestImages.Webp(bands)), "webp", mode, Flat(bands));

    [Theory]
    [InlineData(Enums.ForeignTiffCompression.None)]
    [InlineData(Enums.ForeignTiffCompression.Deflate)]
    [InlineData(Enums.ForeignTiffCompression.Packbits)]
    public void Tiff_every_lossless_compression_decodes_to_the_pixels_written(
        Enums.ForeignTiffCompression compression) =>
        AssertScan(
            ScanDecoder.Decode("a", TestImages.Tiff(3, compression: compression)), "tiff", "RGB", Flat(3));

    [Fact]
    public void Lossless_formats_any_size_decode_to_the_pixels_written()
    {
        var sizes = Gen.Choose(1, 60).Two();
        Prop.ForAll(Arb.From(sizes), size =>
        {
            var samples = TestImages.Samples(3, size.Item1, size.Item2);
            using var image = Image.NewFromMemory(samples, size.Item1, size.Item2, 3, Enums.BandFormat.Uchar)
                .Copy(interpretation: Enums.Interpretation.Srgb);
            byte[][] files =
            [
                image.PngsaveBuffer(interlace: true), image.TiffsaveBuffer(tile: true),
                image.WebpsaveBuffer(lossless: true),
            ];
            foreach (var file in files)
            {
                var scan = ScanDecoder.Decode("a", file);
                Assert.Equal(size, (scan.Width, scan.Height));
                Assert.Equal(samples, scan.Rgb);
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Png_palette_decodes_to_its_colours()
    {
        AssertScan(ScanDecoder.Decode("a", TestImages.PalettePng()), "png", "P", Flat(3), tolerance: 3);
    }

    [Fact]
    public void Tiff_palette_decodes_to_its_colours()
    {
        var palette = new byte[768];
        new System.Random(5).NextBytes(palette);
        var positions = TestImages.Samples(1);
        var wanted = positions.SelectMany(p => palette[(3 * p)..(3 * p + 3)]).ToArray();
        AssertScan(ScanDecoder.Decode("a", TestImages.PaletteTiff(positions, palette)), "tiff", "P", wanted);
    }

    [Theory]
    [InlineData(1, "L")]
    [InlineData(3, "RGB")]
    public void Jpeg_decodes_to_the_pixels_written_within_its_loss(int bands, string mode) =>
        AssertScan(ScanDecoder.Decode("a", TestImages.Jpeg(bands)), "jpeg", mode, Flat(bands), tolerance: 4);

    [Fact]
    public void Cmyk_decodes_to_the_light_that_the_ink_lets_through()
    {
        var ink = TestImages.Samples(4);
        var wanted = new byte[ink.Length / 4 * 3];
        for (int i = 0; i < wanted.Length; i++)
        {
            double colour = ink[i / 3 * 4 + i % 3], black = ink[i / 3 * 4 + 3];
            wanted[i] = (byte)Math.Round((255 - colour) * (255 - black) / 255);
        }
        AssertScan(ScanDecoder.Decode("a", TestImages.Tiff(4, cmyk: true)), "tiff", "CMYK", wanted, tolerance: 1);
        AssertScan(ScanDecoder.Decode("a", TestImages.Jpeg(4, cmyk: true)), "jpeg", "CMYK", wanted, tolerance: 6);
        AssertScan(
            ScanDecoder.Decode("a", TestImages.Tiff(4, sixteen: true, cmyk: true)), "tiff", "CMYK;16", wanted,
            tolerance: 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Orientation_every_value_is_turned_upright_in_every_format(int orientation)
    {
        using var stored = TestImages.Vips(3).Mutate(m => m.Set(GValue.GIntType, "orientation", orientation));
        // libvips turns by itself as the oracle.
        using var upright = stored.CopyMemory().Autorot();
        var wanted = upright.WriteToMemory<byte>();
        byte[][] files =
        [
            stored.JpegsaveBuffer(q: 100, subsampleMode: Enums.ForeignSubsample.Off),
            stored.TiffsaveBuffer(),
            stored.PngsaveBuffer(),
            stored.WebpsaveBuffer(lossless: true),
        ];
        foreach (var file in files)
        {
            var scan = ScanDecoder.Decode("a", file);
            Assert.Equal((upright.Width, upright.Height), (scan.Width, scan.Height));
            AssertClose(wanted, scan.Rgb, scan.Format == "jpeg" ? 4 : 0);
        }
    }

    [Fact]
    public void Alpha_is_flattened_over_black()
    {
        using var image = Image.NewFromMemory(
            new byte[] { 200, 100, 50, 0, 200, 100, 50, 128, 200, 100, 50, 255 }, 3, 1, 4, Enums.BandFormat.Uchar)
            .Copy(interpretation: Enums.Interpretation.Srgb);
        var scan = ScanDecoder.Decode("a", image.PngsaveBuffer());
        Assert.Equal([0, 0, 0, 100, 50, 25, 200, 100, 50], scan.Rgb);
    }

    [Fact]
    public void Sixteen_bits_keep_their_upper_byte()
    {
        using var image = Image.NewFromMemory(
            new ushort[] { 0, 255, 256, 0x7FFF, 0xFFFF }, 5, 1, 1, Enums.BandFormat.Ushort)
            .Copy(interpretation: Enums.Interpretation.Grey16);
        var scan = ScanDecoder.Decode("a", image.PngsaveBuffer());
        Assert.Equal([0, 0, 1, 127, 255], scan.Rgb.Where((_, i) => i % 3 == 0));
        Assert.Equal(256 / 257.0, scan.Levels![2], 1e-4);
    }

    [Fact]
    public void Read_lying_extension_goes_by_content()
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder.File("scan.jpg"), TestImages.Png(3));
        AssertScan(ScanDecoder.Read(folder.File("scan.jpg")), "png", "RGB", Flat(3));
    }

    [Fact]
    public void Jpeg_filler_between_segments_loses_nothing()
    {
        var jpeg = TestImages.Jpeg(3);
        byte[] filled = [.. jpeg[..^2], 1, 2, 3, .. jpeg[^2..]];
        Assert.Equal(ScanDecoder.Decode("a", jpeg).Rgb, ScanDecoder.Decode("a", filled).Rgb);
    }

    [Fact]
    public void Decode_from_many_threads_equals_one_thread()
    {
        byte[][] files =
        [
            TestImages.Png(4), TestImages.Jpeg(3), TestImages.Tiff(1, sixteen: true), TestImages.Webp(3),
            TestImages.Bmp24(),
        ];
        var wanted = files.Select(f => ScanDecoder.Decode("a", f).Rgb).ToArray();
        Parallel.For(0, 500, i => Assert.Equal(wanted[i % 5], ScanDecoder.Decode("a", files[i % 5]).Rgb));
    }

    [Fact]
    public void Read_every_real_scan_of_a_sample_decodes()
    {
        var files = Directory.GetFiles(TestFiles.Scans(), "*.*g", SearchOption.AllDirectories).Order().ToArray();
        for (int i = 0; i < files.Length; i += 97)
        {
            var scan = ScanDecoder.Read(files[i]);
            Assert.Equal(scan.Width * scan.Height * 3, scan.Rgb.Length);
        }
    }

    private static void AssertScan(Scan scan, string format, string mode, byte[] wanted, int tolerance = 0)
    {
        Assert.Equal((format, mode), (scan.Format, scan.Mode));
        Assert.Equal((TestImages.Width, TestImages.Height), (scan.Width, scan.Height));
        AssertClose(wanted, scan.Rgb, tolerance);
    }

    private static void AssertClose(byte[] wanted, byte[] actual, int tolerance)
    {
        Assert.Equal(wanted.Length, actual.Length);
        for (int i = 0; i < wanted.Length; i++) Assert.InRange(actual[i], wanted[i] - tolerance, wanted[i] + tolerance);
    }

    /// <summary>What the samples of the test image are in RGB, over black.</summary>
    private static byte[] Flat(int bands)
    {
        var samples = TestImages.Samples(bands);
        var rgb = new byte[samples.Length / bands * 3];
        for (int i = 0; i < rgb.Length; i++)
        {
            int pixel = i / 3 * bands;
            int value = samples[pixel + (bands >= 3 ? i % 3 : 0)];
            double alpha = bands is 2 or 4 ? samples[pixel + bands - 1] / 255.0 : 1;
            rgb[i] = (byte)Math.Round(value * alpha);
        }
        return rgb;
    }
}
