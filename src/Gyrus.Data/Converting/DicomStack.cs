using System.Globalization;
using Gyrus.Dicom.Series;
using Gyrus.Imaging.Decoding;

namespace Gyrus.Data.Converting;

/// <summary>DICOM series as stacks.</summary>
internal static class DicomStack
{
    /// <summary>A series as a stack.</summary>
    /// <param name="series">The series.</param>
    /// <param name="reader">Reads its images.</param>
    public static SliceStack Of(DicomSeries series, SliceReader reader)
    {
        var first = series.First;
        var frames = series.Slices.CountBy(slice => slice.Path).ToDictionary();
        var number = first.SeriesNumber?.ToString("000", CultureInfo.InvariantCulture);
        return new([.. series.Slices.Select(slice => new StackSlice(
            slice.Path, frames[slice.Path] > 1 || slice.Frame > 0 ? slice.Frame : null, slice.Place?.Along, slice.PixelSpacing,
            () => reader.DicomValues(slice.Path, slice.Frame), () => reader.Dicom(slice.Path, slice.Frame))
        {
            Number = slice.Number,
        })], string.Join('-', ((string?[])[number, PlainName.Of(first.Description)]).Where(part => !string.IsNullOrEmpty(part))), first.StudyUid, first.Size, SeriesGrid.Of(series))
        {
            LeftOut = first.Size == default ? "it has no pixels" : null,
            Number = first.SeriesNumber,
            Description = first.Description,
            Modality = first.Modality,
            Plane = series.Plane,
        };
    }
}
