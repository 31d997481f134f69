using System.Globalization;
using Gyrus.Dicom.Parsing;

namespace Gyrus.Testing;

/// <summary>DICOM files of one colour, 64 x 64 pixels, that lie parallel to each other: slices of a series whose answer a test knows.</summary>
/// <param name="Study">The study's UID.</param>
/// <param name="Series">The series' UID.</param>
public sealed record WrittenSlice(string Study, string Series)
{
    /// <summary>The modality.</summary>
    public string Modality { get; init; } = "MR";

    /// <summary>The series in words.</summary>
    public string Description { get; init; } = "AX T1";

    /// <summary>What kind of image it is.</summary>
    public string ImageType { get; init; } = "ORIGINAL\\PRIMARY";

    /// <summary>The file.</summary>
    /// <param name="number">Its number, which makes its UID.</param>
    /// <param name="place">Millimetres from the first slice, to the head.</param>
    /// <param name="colours">The colour of each frame.</param>
    public byte[] Bytes(int number, double place, params (byte Red, byte Green, byte Blue)[] colours) => WrittenDicom.File(TransferSyntax.ExplicitLittleEndian, data => data
        .Text(DicomTags.ImageType, "CS", ImageType)
        .Text(DicomTags.SopClassUid, "UI", "1.2.840.10008.5.1.4.1.1.4")
        .Text(DicomTags.SopInstanceUid, "UI", string.Create(CultureInfo.InvariantCulture, $"{Series}.{number}"))
        .Text(DicomTags.Modality, "CS", Modality)
        .Text(DicomTags.SeriesDescription, "LO", Description)
        .Text(DicomTags.PatientName, "PN", "Test^" + Study)
        .Text(DicomTags.PatientId, "LO", "P" + Study)
        .Text(DicomTags.SliceThickness, "DS", "5")
        .Text(DicomTags.StudyInstanceUid, "UI", Study)
        .Text(DicomTags.SeriesInstanceUid, "UI", Series)
        .Text(DicomTags.InstanceNumber, "IS", number.ToString(CultureInfo.InvariantCulture))
        .Text(DicomTags.ImagePositionPatient, "DS", string.Create(CultureInfo.InvariantCulture, $"0\\0\\{place}"))
        .Text(DicomTags.ImageOrientationPatient, "DS", "1\\0\\0\\0\\1\\0")
        .Image(64, 64, 8, samples: 3, photometric: "RGB", frames: colours.Length)
        .Bytes(DicomTags.PixelData, "OB", [.. colours.SelectMany(colour => Enumerable.Repeat((byte[])[colour.Red, colour.Green, colour.Blue], 64 * 64)).SelectMany(pixel => pixel)]));
}
