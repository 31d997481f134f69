using Gyrus.Dicom;
using Gyrus.Dicom.Display;
using Gyrus.Dicom.Nifti;
using Gyrus.Dicom.Parsing;
using Gyrus.Dicom.Pixels;

namespace Gyrus.Imaging.Decoding;

/// <summary>Reads single images out of DICOM and NIfTI files, many of which may come from one. Files are kept only while their images are asked for. For many threads
/// at once.</summary>
public sealed class SliceReader
{
    // Threads that read ahead are in the next file while others are in the last.
    private const int Kept = 4;

    private readonly GreyWindow? _window;
    private readonly RecentFiles<(DicomFile File, DicomPixels Pixels)> _dicom;
    private readonly RecentFiles<NiftiSlices> _nifti;

    /// <summary>Makes a reader.</summary>
    /// <param name="window">The window through which greys are seen; null for the usual one: see <see cref="GreySlice.ToScan"/>.</param>
    /// <param name="pixelLimit">The largest width times height of an image.</param>
    /// <param name="volumeLimit">The most bytes that a NIfTI volume may unfold to.</param>
    public SliceReader(GreyWindow? window = null, long pixelLimit = ScanDecoder.DefaultPixelLimit, long volumeLimit = NiftiVolume.Largest)
    {
        _window = window;
        _nifti = new(Kept, path => NiftiSlices.Read(path, volumeLimit));
        _dicom = new(Kept, path =>
        {
            var file = DicomFile.Read(path);
            return (file, DicomPixels.Of(file, pixelLimit));
        });
    }

    /// <summary>A frame of a DICOM object as it is displayed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="frame">The frame's number, from 0.</param>
    /// <exception cref="ScanException">It cannot be read.</exception>
    public Scan Dicom(string path, int frame) => DicomDecoder.AsScan(() =>
    {
        var (file, pixels) = _dicom.Get(path);
        return DicomSlices.Displayed(file, pixels, frame, _window);
    });

    /// <summary>A frame of a DICOM object in the units of its modality; null where its pixels are colours.</summary>
    /// <param name="path">The file.</param>
    /// <param name="frame">The frame's number, from 0.</param>
    /// <exception cref="DicomException">It cannot be read.</exception>
    public GreySlice? DicomValues(string path, int frame)
    {
        var (file, pixels) = _dicom.Get(path);
        return pixels.Layout.IsGrey ? DicomSlices.Grey(file, pixels, frame) : null;
    }

    /// <summary>The planes of a NIfTI volume.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DicomException">It cannot be read.</exception>
    public NiftiSlices Nifti(string path) => _nifti.Get(path);

    /// <summary>A slice of a NIfTI volume as it is displayed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="plane">The plane's name.</param>
    /// <param name="slice">The slice's number, from 0.</param>
    /// <exception cref="ScanException">It cannot be read.</exception>
    public Scan Nifti(string path, string plane, int slice) => DicomDecoder.AsScan(() => _nifti.Get(path).Grey(plane, slice).ToScan(_window));
}
