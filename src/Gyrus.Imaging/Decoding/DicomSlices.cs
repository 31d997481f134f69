using Gyrus.Dicom.Display;
using Gyrus.Dicom.Parsing;
using Gyrus.Dicom.Pixels;

namespace Gyrus.Imaging.Decoding;

/// <summary>The images of a DICOM object as they are displayed.</summary>
public static class DicomSlices
{
    /// <summary>What scans of it are said to be of: <see cref="Scan.Format"/>.</summary>
    public const string FormatName = "dicom";

    /// <summary>A grey frame in the units of its modality.</summary>
    /// <param name="file">The object.</param>
    /// <param name="pixels">Its pixels.</param>
    /// <param name="frame">The frame's number, from 0.</param>
    /// <exception cref="Gyrus.Dicom.DicomException">It cannot be unpacked.</exception>
    public static GreySlice Grey(DicomFile file, DicomPixels pixels, int frame)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(pixels);
        var attributes = new FrameAttributes(file.Data, frame);
        var stored = pixels.Frame(frame);
        var (row, column) = Spacing(attributes);
        var modality = ModalityValues.Of(attributes, stored.Layout);
        return new(
            stored.Layout.Columns, stored.Layout.Rows, modality.Of(stored), row, column,
            stored.Layout.Photometric == "MONOCHROME1", GreyWindow.Of(attributes), file.Data.Text(DicomTags.Modality) == "CT", FormatName)
        {
            Unit = modality.Unit,
            Scale = modality.HasTable ? null : (modality.Slope, modality.Intercept),
        };
    }

    /// <summary>A frame as it is displayed, colours as they are.</summary>
    /// <param name="file">The object.</param>
    /// <param name="pixels">Its pixels.</param>
    /// <param name="frame">The frame's number, from 0.</param>
    /// <param name="window">The window; null for the usual one: see <see cref="GreySlice.ToScan"/>.</param>
    /// <exception cref="Gyrus.Dicom.DicomException">It cannot be unpacked.</exception>
    public static Scan Displayed(DicomFile file, DicomPixels pixels, int frame, GreyWindow? window = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(pixels);
        if (pixels.Layout.IsGrey) return Grey(file, pixels, frame).ToScan(window);
        var colours = pixels.Frame(frame);
        int shift = Math.Max(0, colours.Layout.BitsStored - 8);
        var rgb = new byte[colours.Raw.Length];
        for (int i = 0; i < rgb.Length; i++) rgb[i] = (byte)(colours.Raw[i] >> shift);
        var (row, column) = Spacing(new FrameAttributes(file.Data, frame));
        return SquarePixels.Of(new Scan(colours.Layout.Columns, colours.Layout.Rows, "RGB", FormatName, rgb), row, column);
    }

    private static (double Row, double Column) Spacing(FrameAttributes attributes) =>
        attributes.Numbers(DicomTags.PixelMeasuresSequence, DicomTags.PixelSpacing) is [> 0 and var row, > 0 and var column] ? (row, column)
        : attributes.Object.Numbers(DicomTags.PixelAspectRatio) is [> 0 and var down, > 0 and var across] ? (down, across)
        : (1, 1);
}
