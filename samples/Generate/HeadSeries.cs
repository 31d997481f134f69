using System.Globalization;
using System.Text;
using Gyrus.Dicom.Parsing;
using Gyrus.Dicom.Writing;

namespace Gyrus.Samples;

/// <summary>A head as an axial series of DICOM files, as a scanner delivers one: <c>01.dcm</c> from the foot on.</summary>
internal static class HeadSeries
{
    private const string MrImage = "1.2.840.10008.5.1.4.1.1.4";

    // Millimetres in MNI space, from the temporal lobes to the vertex.
    private const double Lowest = -36, Spacing = 7;
    private const int Slices = 16;

    private static readonly Canvas s_grid = new(128, 160, 1.4);
    private static readonly DicomUids s_uids = new();

    /// <summary>Writes the series. The same volume gives the same bytes.</summary>
    /// <param name="head">The head.</param>
    /// <param name="folder">Takes the files.</param>
    public static void Write(NiftiVolume head, string folder)
    {
        for (int i = 0; i < Slices; i++)
        {
            double z = Lowest + (Spacing * i);
            var bytes = DicomWriter.File(Object(head, Slice.Axial(head, z, s_grid), i, z), TransferSyntax.ExplicitLittleEndian);
            AtomicFile.Write(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{i + 1:00}.dcm")), stream => stream.Write(bytes));
        }
    }

    private static DicomDataset Object(NiftiVolume head, Slice slice, int number, double z)
    {
        var (width, height, size) = slice.Canvas;
        return new DatasetBuilder()
            .Text(DicomTags.ImageType, "DERIVED", "SECONDARY", "OTHER").Text(DicomTags.SopClassUid, MrImage)
            .Text(DicomTags.SopInstanceUid, s_uids.Of(string.Create(CultureInfo.InvariantCulture, $"Colin27 {number}")))
            .Text(DicomTags.StudyDate).Text(DicomTags.StudyTime).Text(DicomTags.AccessionNumber).Text(DicomTags.Modality, "MR").Text(DicomTags.Manufacturer, "Gyrus samples")
            .Text(DicomTags.ReferringPhysicianName).Text(DicomTags.SeriesDescription, "AX T1")
            .Text(DicomTags.PatientName, "Colin27^Average").Text(DicomTags.PatientId, "colin27").Text(DicomTags.PatientBirthDate).Text(DicomTags.PatientSex, "M")
            .Text(DicomTags.BodyPartExamined, "HEAD").Text(DicomTags.ScanningSequence, "RM")
            .Bytes(new DicomTag(0x0018, 0x0021), "CS", "NONE"u8.ToArray()).Bytes(new DicomTag(0x0018, 0x0022), "CS", default).Bytes(new DicomTag(0x0018, 0x0023), "CS", "3D"u8.ToArray())
            .Number(DicomTags.SliceThickness, Spacing).Text(DicomTags.RepetitionTime).Text(DicomTags.EchoTime).Bytes(new DicomTag(0x0018, 0x0091), "IS", default)
            .Bytes(new DicomTag(0x0018, 0x5100), "CS", "HFS"u8.ToArray())
            .Text(DicomTags.StudyInstanceUid, s_uids.Of("Colin27 study")).Text(DicomTags.SeriesInstanceUid, s_uids.Of("Colin27 series")).Text(DicomTags.StudyId, "1")
            .Number(DicomTags.SeriesNumber, 1).Number(DicomTags.InstanceNumber, number + 1)
            // NIfTI's millimetres run to the right and to the front, DICOM's to the left and to the back.
            .Number(DicomTags.ImagePositionPatient, -(head.Centre.X + ((width - 1) / 2.0 * size)), -(head.Centre.Y + ((height - 1) / 2.0 * size)), z)
            .Number(DicomTags.ImageOrientationPatient, 1, 0, 0, 0, 1, 0).Text(DicomTags.FrameOfReferenceUid, s_uids.Of("MNI space"))
            .Bytes(new DicomTag(0x0020, 0x1040), "LO", Encoding.ASCII.GetBytes("AC"))
            .Number(DicomTags.SamplesPerPixel, 1).Text(DicomTags.PhotometricInterpretation, "MONOCHROME2").Number(DicomTags.Rows, height).Number(DicomTags.Columns, width)
            .Number(DicomTags.PixelSpacing, size, size).Number(DicomTags.BitsAllocated, 16).Number(DicomTags.BitsStored, 8).Number(DicomTags.HighBit, 7)
            .Number(DicomTags.PixelRepresentation, 0).Number(DicomTags.WindowCenter, 86).Number(DicomTags.WindowWidth, 158)
            .Bytes(DicomTags.PixelData, "OW", (byte[])[.. slice.Values.SelectMany(value => (byte[])[(byte)Math.Round(Math.Clamp(value, 0, 255)), 0])])
            .Build();
    }
}
