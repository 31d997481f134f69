using System.Globalization;
using Gyrus.Dicom.Parsing;

namespace Gyrus.Testing;

/// <summary>DICOM files of 64 x 64 pixels, of one colour or of greys, that lie parallel to each other: slices of a series whose answer a test knows.</summary>
/// <param name="Study">The study's UID.</param>
/// <param name="Series">The series' UID.</param>
public sealed record WrittenSlice(string Study, string Series)
{
    private const int Side = 64;

    /// <summary>The modality.</summary>
    public string Modality { get; init; } = "MR";

    /// <summary>The series in words.</summary>
    public string Description { get; init; } = "AX T1";

    /// <summary>What kind of image it is.</summary>
    public string ImageType { get; init; } = "ORIGINAL\\PRIMARY";

    /// <summary>The patient's number; of the study where null.</summary>
    public string? Patient { get; init; }

    /// <summary>The number of the series.</summary>
    public int Number { get; init; } = 1;

    /// <summary>The file, in colours.</summary>
    /// <param name="number">Its number, which makes its UID.</param>
    /// <param name="place">Millimetres from the first slice, to the head.</param>
    /// <param name="colours">The colour of each frame.</param>
    public byte[] Bytes(int number, double place, params (byte Red, byte Green, byte Blue)[] colours) => File(number, place, data => data
        .Image(64, 64, 8, samples: 3, photometric: "RGB", frames: colours.Length)
        .Text(DicomTags.PixelSpacing, "DS", "1\\1")
        .Bytes(DicomTags.PixelData, "OB", [.. colours.SelectMany(colour => Enumerable.Repeat((byte[])[colour.Red, colour.Green, colour.Blue], 64 * 64)).SelectMany(pixel => pixel)]));

    /// <summary>The file, in grey of 16 bits with a sign, 64 columns and 48 rows; pixels are 0.5 mm high and 0.75 mm wide.</summary>
    /// <param name="number">Its number, which makes its UID.</param>
    /// <param name="place">Millimetres from the first slice, to the head.</param>
    /// <param name="stored">The stored value in a frame, from 0, at a column and a row.</param>
    /// <param name="slope">What a stored value is multiplied by.</param>
    /// <param name="intercept">What is added then.</param>
    /// <param name="frames">Images in it.</param>
    public byte[] Grey(int number, double place, Func<int, int, int, short> stored, double slope = 1, double intercept = 0, int frames = 1) => File(number, place, data =>
    {
        data.Image(48, 64, 16, isSigned: true, frames: frames)
            .Text(DicomTags.PixelSpacing, "DS", "0.5\\0.75")
            .Text(DicomTags.RescaleIntercept, "DS", intercept.ToString(CultureInfo.InvariantCulture))
            .Text(DicomTags.RescaleSlope, "DS", slope.ToString(CultureInfo.InvariantCulture));
        return data.Bytes(DicomTags.PixelData, "OW", data.Words(
            [.. Enumerable.Range(0, frames * 48 * 64).Select(i => (ushort)stored(i / (48 * 64), i % 64, i / 64 % 48))]));
    });

    /// <summary>The file in 12 bits of grey with a sign, as of CT: values are stored with 1,000 added to them.</summary>
    /// <param name="number">Its number, which makes its UID.</param>
    /// <param name="place">Millimetres from the first slice, to the head.</param>
    /// <param name="value">The value at a column and a row.</param>
    /// <param name="window">The window's centre and width; null for none.</param>
    public byte[] Grey(int number, double place, Func<int, int, int> value, (int Centre, int Width)? window = null) => File(number, place, data =>
    {
        data.Image(Side, Side, 16, isSigned: true, stored: 13);
        if (window is { } shown)
        {
            data.Text(DicomTags.WindowCenter, "DS", shown.Centre.ToString(CultureInfo.InvariantCulture))
                .Text(DicomTags.WindowWidth, "DS", shown.Width.ToString(CultureInfo.InvariantCulture));
        }
        ushort[] stored = [.. Enumerable.Range(0, Side * Side).Select(i => (ushort)((value(i % Side, i / Side) + 1000) & 0x1FFF))];
        return data.Text(DicomTags.RescaleIntercept, "DS", "-1000").Text(DicomTags.RescaleSlope, "DS", "1").Bytes(DicomTags.PixelData, "OW", data.Words(stored));
    });

    private byte[] File(int number, double place, Func<WrittenDicom, WrittenDicom> pixels) => WrittenDicom.File(TransferSyntax.ExplicitLittleEndian, data =>
    {
        data.Text(DicomTags.ImageType, "CS", ImageType)
            .Text(DicomTags.SopClassUid, "UI", "1.2.840.10008.5.1.4.1.1.4")
            .Text(DicomTags.SopInstanceUid, "UI", string.Create(CultureInfo.InvariantCulture, $"{Series}.{number}"))
            .Text(DicomTags.Modality, "CS", Modality)
            .Text(DicomTags.SeriesDescription, "LO", Description);
        data.Text(DicomTags.PatientName, "PN", "Test^" + Study).Text(DicomTags.PatientId, "LO", Patient ?? "P" + Study);
        pixels(data.Text(DicomTags.SliceThickness, "DS", "5")
            .Text(DicomTags.StudyInstanceUid, "UI", Study)
            .Text(DicomTags.SeriesInstanceUid, "UI", Series)
            .Text(DicomTags.SeriesNumber, "IS", Number.ToString(CultureInfo.InvariantCulture))
            .Text(DicomTags.InstanceNumber, "IS", number.ToString(CultureInfo.InvariantCulture))
            .Text(DicomTags.ImagePositionPatient, "DS", string.Create(CultureInfo.InvariantCulture, $"0\\0\\{place}"))
            .Text(DicomTags.ImageOrientationPatient, "DS", "1\\0\\0\\0\\1\\0"));
    });
}
