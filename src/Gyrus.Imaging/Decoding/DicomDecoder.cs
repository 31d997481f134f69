using Gyrus.Dicom;
using Gyrus.Dicom.Parsing;
using Gyrus.Dicom.Pixels;

namespace Gyrus.Imaging.Decoding;

/// <summary>A DICOM file of one image as a scan.</summary>
internal static class DicomDecoder
{
    /// <summary>The format.</summary>
    public static ImageFormat Format { get; } = new(
        DicomSlices.FormatName, "DICOM", [".dcm", ".dicom"], "application/dicom", DicomFile.Begins, (path, bytes, _, limit) => Decode(path, bytes, limit));

    /// <summary>Reads an image, and says of what cannot be read that it is no scan.</summary>
    /// <param name="read">Reads it.</param>
    /// <exception cref="ScanException">It cannot be read.</exception>
    public static Scan AsScan(Func<Scan> read)
    {
        try
        {
            return read();
        }
        catch (DicomException e)
        {
            throw new ScanException(e.Path, Fault(e.Fault), e.Detail, e);
        }
    }

    private static Scan Decode(string path, byte[] bytes, long pixelLimit) => AsScan(() =>
    {
        var file = DicomFile.Parse(path, bytes);
        var pixels = DicomPixels.Of(file, pixelLimit);
        if (pixels.Layout.Frames > 1)
            throw new ScanException(path, ScanFault.Animated, $"a DICOM file of {pixels.Layout.Frames} frames is no single image; save each as a file of its own");
        return DicomSlices.Displayed(file, pixels, frame: 0);
    });

    private static ScanFault Fault(DicomFault fault) => fault switch
    {
        DicomFault.Empty => ScanFault.Empty,
        DicomFault.Damaged => ScanFault.Truncated,
        DicomFault.TooLarge => ScanFault.TooLarge,
        DicomFault.Unreadable => ScanFault.Unreadable,
        _ => ScanFault.NotAnImage,
    };
}
