using Gyrus.Dicom;
using Gyrus.Dicom.Nifti;
using Gyrus.Dicom.Parsing;
using Gyrus.Imaging.Decoding;

namespace Gyrus.Inference.Studies;

/// <summary>The images that a file holds, whatever its format.</summary>
public static class FileSlices
{
    /// <summary>The images. Of a file that cannot be read there is one, whose reading says so.</summary>
    /// <param name="path">The file.</param>
    /// <param name="reader">Reads images of DICOM and NIfTI.</param>
    /// <param name="pixelLimit">The largest width times height of another image.</param>
    public static IReadOnlyList<SeriesSlice> Of(string path, SliceReader reader, long pixelLimit = ScanDecoder.DefaultPixelLimit)
    {
        ArgumentNullException.ThrowIfNull(reader);
        if (ImageFormats.OfFile(path)?.Name == DicomSlices.FormatName)
        {
            int frames = Frames(path);
            return [.. Enumerable.Range(0, frames).Select(frame => new SeriesSlice(path, frames == 1 ? null : frame, null, () => reader.Dicom(path, frame)))];
        }
        try
        {
            if (NiftiVolume.IsNifti(path)) return [.. NiftiSliceSeries.Of(path, reader).SelectMany(stack => stack.Slices)];
        }
        catch (DicomException e)
        {
            return [new SeriesSlice(path, null, null, () => throw new ScanException(path, ScanFault.Truncated, e.Detail, e))];
        }
        return [new SeriesSlice(path, null, null, () => ScanDecoder.Read(path, pixelLimit))];
    }

    /// <summary>Whether a file is a DICOM object of several images.</summary>
    /// <param name="path">The file.</param>
    public static bool HasSeveral(string path) => ImageFormats.OfFile(path)?.Name == DicomSlices.FormatName && Frames(path) > 1;

    private static int Frames(string path)
    {
        try
        {
            return Math.Clamp(DicomFile.ReadHeader(path).Data.Whole(DicomTags.NumberOfFrames) ?? 1, 1, ushort.MaxValue);
        }
        catch (DicomException)
        {
            return 1;
        }
    }
}
