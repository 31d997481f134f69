using Gyrus.Dicom.Parsing;

namespace Gyrus.Dicom.Pixels;

/// <summary>How the pixels of an object are kept: the Image Pixel module, PS3.3 section C.7.6.3.</summary>
/// <param name="Columns">Pixels across.</param>
/// <param name="Rows">Pixels down.</param>
/// <param name="Frames">Images, one or more.</param>
/// <param name="Samples">Samples of a pixel, 1 or 3.</param>
/// <param name="BitsAllocated">Bits that a sample takes, 8 or 16.</param>
/// <param name="BitsStored">Bits of them that count.</param>
/// <param name="HighBit">The place of the highest that counts, from 0.</param>
/// <param name="IsSigned">Whether samples have a sign.</param>
/// <param name="Photometric">What samples mean, such as <c>MONOCHROME2</c>.</param>
/// <param name="IsPlanar">Whether each colour is a plane, and not each pixel's colours together.</param>
public sealed record PixelLayout(
    int Columns, int Rows, int Frames, int Samples, int BitsAllocated, int BitsStored, int HighBit, bool IsSigned, string Photometric, bool IsPlanar)
{
    /// <summary>Samples of a frame.</summary>
    public int FrameSamples => Columns * Rows * Samples;

    /// <summary>Bytes of a frame that is not packed.</summary>
    public int FrameBytes => FrameSamples * (BitsAllocated / 8);

    /// <summary>Whether samples are grey, and values of a measurement.</summary>
    public bool IsGrey => Photometric is "MONOCHROME1" or "MONOCHROME2";

    /// <summary>Whether samples are places in a palette.</summary>
    public bool IsPalette => Photometric == "PALETTE COLOR";

    /// <summary>Whether samples are brightness and two differences of colour.</summary>
    public bool IsYbr => Photometric.StartsWith("YBR_", StringComparison.Ordinal);

    /// <summary>Reads it from an object.</summary>
    /// <param name="file">The object.</param>
    /// <param name="pixelLimit">The largest width times height of a frame.</param>
    /// <exception cref="DicomException">It has no pixels, or they are of a kind that is not read, or too many.</exception>
    public static PixelLayout Of(DicomFile file, long pixelLimit)
    {
        ArgumentNullException.ThrowIfNull(file);
        var (path, data) = (file.Path, file.Data);
        if (data.Find(DicomTags.FloatPixelData) is not null || data.Find(DicomTags.DoubleFloatPixelData) is not null)
            throw DicomErrors.NotRead(path, "a DICOM file whose pixels are floating-point numbers", "save it with whole numbers and a slope");
        int Required(DicomTag tag, int least, int most) => data.Whole(tag) is not { } value
            ? throw DicomErrors.Damaged(path, $"{DicomTags.Name(tag)} is missing")
            : value < least || value > most ? throw DicomErrors.Damaged(path, $"{DicomTags.Name(tag)} is {value}") : value;
        int columns = Required(DicomTags.Columns, 1, ushort.MaxValue), rows = Required(DicomTags.Rows, 1, ushort.MaxValue);
        int samples = data.Whole(DicomTags.SamplesPerPixel) ?? 1;
        var photometric = data.Text(DicomTags.PhotometricInterpretation) is { Length: > 0 } said ? said : samples == 1 ? "MONOCHROME2" : "RGB";
        int allocated = Required(DicomTags.BitsAllocated, 1, 64);
        int stored = data.Whole(DicomTags.BitsStored) ?? allocated;
        int high = data.Whole(DicomTags.HighBit) ?? stored - 1;
        if (allocated is not (8 or 16)) throw DicomErrors.NotRead(path, $"a DICOM file of {allocated} bits a sample", "save it with 8 or 16");
        if (samples is not (1 or 3)) throw DicomErrors.NotRead(path, $"a DICOM file of {samples} samples a pixel", "save it as grey or RGB");
        if (stored < 1 || stored > allocated || high >= allocated || high < stored - 1)
            throw DicomErrors.Damaged(path, $"{stored} bits, the highest at {high}, are in {allocated}");
        if ((long)columns * rows > Math.Min(pixelLimit, Array.MaxLength / 6))
            throw new DicomException(path, DicomFault.TooLarge, FormattableString.Invariant($"{columns} x {rows} pixels, and the limit is {pixelLimit}; make it smaller"));
        int frames = Math.Max(1, data.Whole(DicomTags.NumberOfFrames) ?? 1);
        return new(
            columns, rows, frames, samples, allocated, stored, high, data.Whole(DicomTags.PixelRepresentation) == 1, photometric,
            samples > 1 && data.Whole(DicomTags.PlanarConfiguration) == 1);
    }
}
