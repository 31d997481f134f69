using System.Globalization;
using Gyrus.Dicom.Parsing;
using Gyrus.Imaging.Decoding;
using Gyrus.Inference.Studies;

namespace Gyrus.Inference.Reports;

/// <summary>The heat maps of a study as a series of secondary captures: PS3.3 section A.8.1.</summary>
public static class HeatMapCapture
{
    private const string SecondaryCapture = "1.2.840.10008.5.1.4.1.1.7";
    private const int SeriesNumber = 9002;

    /// <summary>Makes an object of each slice that carries an answer and has its picture.</summary>
    /// <param name="study">The study.</param>
    public static IReadOnlyList<DicomDataset> Of(ReportedStudy study)
    {
        ArgumentNullException.ThrowIfNull(study);
        return [.. study.Answered.Where(series => series.Accepted).SelectMany(series => series.Carrying)
            .Where(slice => slice.Result.Picture is not null).Select((slice, i) => Of(study, slice, i + 1))];
    }

    private static DicomDataset Of(ReportedStudy study, SliceAnswer slice, int number)
    {
        var picture = ScanDecoder.Decode(slice.Slice.Name, slice.Result.Picture!.Png);
        return study.NewObject(SecondaryCapture, $"heat map {slice.Slice.InstanceUid} {slice.Slice.Frame}", "heat maps", "OT", SeriesNumber, number, "Gyrus: where the answer comes from")
            .Text(DicomTags.ImageType, "DERIVED", "SECONDARY").Text(ReportTags.ConversionType, "WSD").Text(ReportTags.PatientOrientation)
            .Text(DicomTags.BodyPartExamined, "HEAD")
            // The scan's own pixels may have writing in them, which is not looked for.
            .Text(ReportTags.BurnedInAnnotation, "YES")
            .Text(ReportTags.DerivationDescription, string.Create(
                CultureInfo.InvariantCulture, $"Red speaks for a tumour and blue against, by {study.Model.Name} {study.Model.Version}. A map shows what the network used, not where a tumour is."))
            .Sequence(ReportTags.SourceImageSequence, ReportContent.Reference(slice.Slice.ClassUid, slice.Slice.InstanceUid, slice.Slice.Frame))
            .Number(DicomTags.SamplesPerPixel, 3).Text(DicomTags.PhotometricInterpretation, "RGB").Number(DicomTags.PlanarConfiguration, 0)
            .Number(DicomTags.Rows, picture.Height).Number(DicomTags.Columns, picture.Width)
            .Number(DicomTags.BitsAllocated, 8).Number(DicomTags.BitsStored, 8).Number(DicomTags.HighBit, 7).Number(DicomTags.PixelRepresentation, 0)
            .Bytes(DicomTags.PixelData, "OB", picture.Rgb)
            .Build();
    }
}
