using Gyrus.Imaging.Decoding;
using Xunit;

namespace Gyrus.Imaging.Tests;

public sealed class BmpDecoderTests
{
    private static readonly byte[] Red = [255, 0, 0], Green = [0, 255, 0], Blue = [0, 0, 255], White = [255, 255, 255];

    /// <summary>Black, red, green, blue, white: blue, green, red and a spare byte.</summary>
    private static readonly byte[] Palette =
        [0, 0, 0, 0, 0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0, 0, 255, 255, 255, 0];

    [Fact]
    public void TwentyFour_bits_are_stored_from_the_bottom()
    {
        var scan = Decode(TestImages.Bmp24());
        Assert.Equal("RGB", scan.Mode);
        Assert.Equal(TestImages.Samples(3), scan.Rgb);
    }

    [Fact]
    public void Negative_height_is_stored_from_the_top()
    {
        byte[] pixels = [0, 0, 255, 0, 255, 0, 0, 0];
        Assert.Equal([.. Red, .. Green], Decode(TestImages.Bmp(1, -2, 24, [0, 0, 255, 0, 0, 255, 0, 0])).Rgb);
        Assert.Equal([.. Red, .. Green], Decode(TestImages.Bmp(2, 1, 24, pixels)).Rgb);
    }

    [Theory]
    [InlineData(1, new byte[] { 0b0100_0000, 0, 0, 0 })]
    [InlineData(4, new byte[] { 0x01, 0x00, 0, 0 })]
    [InlineData(8, new byte[] { 0, 1, 0, 0 })]
    public void Palette_of_any_depth_gives_its_colours(int bits, byte[] row)
    {
        byte[] black = [0, 0, 0];
        var scan = Decode(TestImages.Bmp(3, 1, bits, row, between: Palette[..8]));
        Assert.Equal("P", scan.Mode);
        Assert.Equal([.. black, .. Red, .. black], scan.Rgb);
    }

    [Fact]
    public void Old_core_header_has_palette_entries_of_three_bytes()
    {
        var file = TestImages.Bmp(2, 1, 8, [1, 0, 0, 0], between: [255, 0, 0, 0, 255, 0], header: 12);
        Assert.Equal([.. Green, .. Blue], Decode(file).Rgb);
    }

    [Fact]
    public void Sixteen_bits_are_five_each()
    {
        var scan = Decode(TestImages.Bmp(2, 1, 16, [0x00, 0x7C, 0x10, 0x00]));
        Assert.Equal([.. Red, 0, 0, 132], scan.Rgb); // 16 of 31 is 131.6 of 255.
    }

    [Fact]
    public void Masks_say_where_the_colours_lie()
    {
        // 5, 6 and 5 bits.
        byte[] masks = [0, 0xF8, 0, 0, 0xE0, 0x07, 0, 0, 0x1F, 0, 0, 0];
        Assert.Equal([.. Green, .. White],
            Decode(TestImages.Bmp(2, 1, 16, [0xE0, 0x07, 0xFF, 0xFF], compression: 3, between: masks)).Rgb);
    }

    [Fact]
    public void Thirty_two_bits_without_masks_have_no_alpha()
    {
        var scan = Decode(TestImages.Bmp(1, 1, 32, [30, 20, 10, 0]));
        Assert.Equal("RGB", scan.Mode);
        Assert.Equal([10, 20, 30], scan.Rgb);
    }

    [Fact]
    public void Alpha_mask_is_flattened_over_black()
    {
        byte[] masks = [0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0, 0, 0, 0, 0, 255];
        var scan = Decode(TestImages.Bmp(2, 1, 32, [30, 20, 10, 255, 30, 20, 10, 0], compression: 6, between: masks));
        Assert.Equal("RGBA", scan.Mode);
        Assert.Equal([10, 20, 30, 0, 0, 0], scan.Rgb);
    }

    [Fact]
    public void Run_lengths_of_eight_bits_unpack()
    {
        // Bottom row: two red, then one literal of three positions, padded. Skip to the top row's third pixel: blue.
        byte[] runs = [2, 1, 0, 3, 2, 3, 4, 0, 0, 0, 0, 2, 2, 0, 1, 3, 0, 1];
        var scan = Decode(TestImages.Bmp(5, 2, 8, runs, compression: 1, between: Palette));
        byte[] black = [0, 0, 0];
        Assert.Equal(
            [.. black, .. black, .. Blue, .. black, .. black, .. Red, .. Red, .. Green, .. Blue, .. White], scan.Rgb);
    }

    [Fact]
    public void Run_lengths_of_four_bits_alternate()
    {
        byte[] runs = [3, 0x12, 0, 3, 0x34, 0x10, 0, 1];
        var scan = Decode(TestImages.Bmp(6, 1, 4, runs, compression: 2, between: Palette));
        Assert.Equal([.. Red, .. Green, .. Red, .. Blue, .. White, .. Red], scan.Rgb);
    }

    [Fact]
    public void Damage_of_every_kind_is_truncated()
    {
        AssertFault(ScanFault.Truncated, TestImages.Bmp24()[..^1]);
        AssertFault(ScanFault.Truncated, TestImages.Bmp(1, 1, 8, [9, 0, 0, 0], between: Palette));
        AssertFault(ScanFault.Truncated, TestImages.Bmp(0, 1, 24, []));
        AssertFault(ScanFault.Truncated, TestImages.Bmp(2, 1, 8, [3, 1, 0, 1], compression: 1, between: Palette));
        AssertFault(ScanFault.Truncated, TestImages.Bmp(2, 1, 8, [2, 1], compression: 1, between: Palette));
        AssertFault(ScanFault.Truncated, TestImages.Bmp(2, 1, 8, [0, 2, 9, 0, 0, 1], compression: 1, between: Palette));
    }

    [Fact]
    public void Kinds_that_are_not_read_are_not_an_image()
    {
        AssertFault(ScanFault.NotAnImage, TestImages.Bmp(1, 1, 24, [0, 0, 0, 0], compression: 4));
        AssertFault(ScanFault.NotAnImage, TestImages.Bmp(1, 1, 2, [0, 0, 0, 0]));
    }

    private static Scan Decode(byte[] file) => ScanDecoder.Decode("a.bmp", file);

    private static void AssertFault(ScanFault fault, byte[] file) =>
        Assert.Equal(fault, Assert.Throws<ScanException>(() => Decode(file)).Fault);
}
