using System.Text;
using Gyrus.Imaging.Decoding;
using Xunit;

namespace Gyrus.Imaging.Tests.Decoding;

public sealed class UnreadFormatTests
{
    public static TheoryData<string, byte[]> Files => new()
    {
        { "NIfTI", [.. new byte[344], .. "n+1\0"u8] },
        { "NIfTI", [28, 2, 0, 0, .. "n+2\0"u8, .. new byte[20]] },
        { "a gzip file, as .nii.gz is", [0x1F, 0x8B, 8, 0, 0, 0] },
        { "NRRD", Encoding.ASCII.GetBytes("NRRD0004\ntype: short") },
        { "HEIC", [0, 0, 0, 24, .. "ftypheic"u8, 0, 0] },
        { "AVIF", [0, 0, 0, 24, .. "ftypavif"u8, 0, 0] },
        { "JPEG 2000", [0, 0, 0, 12, .. "jP  "u8, 13, 10] },
        { "JPEG XL", [0xFF, 0x0A, 1, 2] },
        { "a PDF", Encoding.ASCII.GetBytes("%PDF-1.7") },
        { "a zip", [.. "PK"u8, 3, 4, 0] },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Decode_names_a_format_that_is_not_read_and_says_what_to_do(string name, byte[] bytes)
    {
        var error = Assert.Throws<ScanException>(() => ScanDecoder.Decode("scan", bytes));

        Assert.Equal(ScanFault.NotAnImage, error.Fault);
        Assert.StartsWith($"scan: this is {name}, which Gyrus does not read as an image; ", error.Message);
    }

    [Fact]
    public void Decode_of_anything_else_names_what_is_read() => Assert.Contains(
        "the content is no image that Gyrus reads", Assert.Throws<ScanException>(() => ScanDecoder.Decode("a", "a text"u8.ToArray())).Message);
}
