using System.Buffers.Binary;
using Gyrus.Imaging.Decoding;
using Gyrus.Testing;
using NetVips;
using Xunit;

namespace Gyrus.Imaging.Tests;

public sealed class ScanFaultTests
{
    [Fact]
    public void Empty_file_says_so() => AssertFault(ScanFault.Empty, []);

    [Fact]
    public void Text_is_not_an_image()
    {
        AssertFault(ScanFault.NotAnImage, "plain words, no picture"u8.ToArray());
        AssertFault(ScanFault.NotAnImage, "BMI and age of the patients"u8.ToArray());
        AssertFault(ScanFault.NotAnImage, "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"u8.ToArray());
        AssertFault(ScanFault.NotAnImage, [0x89]);
    }

    [Fact]
    public void Formats_and_samples_that_are_not_read_are_not_an_image()
    {
        using var image = TestImages.Vips(3);
        AssertFault(ScanFault.NotAnImage, image.GifsaveBuffer());
        using var real = image.Cast(Enums.BandFormat.Float);
        AssertFault(ScanFault.NotAnImage, real.TiffsaveBuffer());
        using var lab = image.Colourspace(Enums.Interpretation.Lab);
        AssertFault(ScanFault.NotAnImage, lab.TiffsaveBuffer());
    }

    [Theory]
    [InlineData("png")]
    [InlineData("jpeg")]
    [InlineData("tiff")]
    [InlineData("webp")]
    [InlineData("bmp")]
    public void Any_half_of_a_file_is_truncated(string format)
    {
        var file = Make(format);
        for (int length = 20; length <= file.Length / 2; length += 7) AssertFault(ScanFault.Truncated, file[..length]);
    }

    [Fact]
    public void Png_with_a_damaged_byte_is_refused()
    {
        var file = TestImages.Png(3);
        file[^30] ^= 0x10; // In the last of the pixels.
        AssertFault(ScanFault.Truncated, file);
    }

    [Fact]
    public void Several_frames_or_pages_are_animated()
    {
        using var frames = TestImages.Frames(3);
        AssertFault(ScanFault.Animated, frames.WebpsaveBuffer());
        AssertFault(ScanFault.Animated, frames.GifsaveBuffer());
        AssertFault(ScanFault.Animated, frames.TiffsaveBuffer());
        AssertFault(ScanFault.Animated, TestImages.WithPngChunk(
            TestImages.Png(3), TestImages.PngChunk("acTL", [0, 0, 0, 2, 0, 0, 0, 0])));
    }

    [Fact]
    public void Png_with_one_frame_of_animation_is_read() =>
        Assert.Equal(TestImages.Width, ScanDecoder.Decode("a", TestImages.WithPngChunk(
            TestImages.Png(3), TestImages.PngChunk("acTL", [0, 0, 0, 1, 0, 0, 0, 0]))).Width);

    [Theory]
    [InlineData("png")]
    [InlineData("jpeg")]
    [InlineData("tiff")]
    [InlineData("webp")]
    [InlineData("bmp")]
    public void Pixel_limit_is_kept_to_the_pixel(string format)
    {
        var file = Make(format);
        const int pixels = TestImages.Width * TestImages.Height;
        Assert.Equal(TestImages.Height, ScanDecoder.Decode("a", file, pixels).Height);
        AssertFault(ScanFault.TooLarge, file, pixels - 1);
    }

    [Fact]
    public void Pixel_limit_is_checked_before_any_pixel_is_decoded()
    {
        // 10,001 x 10,000 pixels in the header, and not one of them behind it.
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, 10_001);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), 10_000);
        header[8] = 8;
        byte[] png =
        [
            0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. TestImages.PngChunk("IHDR", header),
            .. TestImages.PngChunk("IDAT", [0x78, 0x9C]),
        ];
        AssertFault(ScanFault.TooLarge, png);
        AssertFault(ScanFault.Truncated, png, 1_000_000_000);
    }

    [Fact]
    public void A_side_beyond_the_longest_is_too_large() =>
        AssertFault(ScanFault.TooLarge, TestImages.Bmp(ScanDecoder.LongestSide + 1, 1, 24, new byte[4 * 65_536]));

    [Fact]
    public void Read_no_such_file_folder_or_name_is_unreadable()
    {
        using var folder = new TempFolder();
        foreach (string path in new[] { folder.File("none.png"), folder.File("no/such.png"), folder.Path, "", "a\0b" })
        {
            var error = Assert.Throws<ScanException>(() => ScanDecoder.Read(path));
            Assert.Equal(ScanFault.Unreadable, error.Fault);
            Assert.Equal(path, error.Path);
        }
    }

    [Fact]
    public void Message_names_the_file_what_is_wrong_and_what_to_do()
    {
        var error = Assert.Throws<ScanException>(() => ScanDecoder.Decode("in/a.png", TestImages.Png(3), 100));
        Assert.Equal("in/a.png: 19 x 14 pixels, and the limit is 100; make it smaller",
            error.Message);
    }

    private static byte[] Make(string format) => format switch
    {
        "png" => TestImages.Png(3),
        "jpeg" => TestImages.Jpeg(3),
        "tiff" => TestImages.Tiff(3),
        "webp" => TestImages.Webp(3),
        _ => TestImages.Bmp24(),
    };

    private static void AssertFault(ScanFault fault, byte[] file, long limit = ScanDecoder.DefaultPixelLimit)
    {
        var error = Assert.Throws<ScanException>(() => ScanDecoder.Decode("the/file", file, limit));
        Assert.Equal(fault, error.Fault);
        Assert.StartsWith("the/file: ", error.Message, StringComparison.Ordinal);
    }
}
