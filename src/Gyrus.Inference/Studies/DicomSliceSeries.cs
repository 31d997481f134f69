using System.Globalization;
using Gyrus.Dicom.Parsing;
using Gyrus.Dicom.Series;
using Gyrus.Imaging.Decoding;
using Gyrus.Models.Trust;

namespace Gyrus.Inference.Studies;

/// <summary>DICOM series as stacks.</summary>
public static class DicomSliceSeries
{
    /// <summary>A series as a stack.</summary>
    /// <param name="series">The series.</param>
    /// <param name="reader">Reads its images.</param>
    public static SliceSeries Of(DicomSeries series, SliceReader reader)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(reader);
        var first = series.First;
        var frames = series.Slices.CountBy(slice => slice.Path).ToDictionary();
        return new(first.Path, first.StudyUid, first.SeriesUid, [.. series.Slices.Select(slice => new SeriesSlice(
            slice.Path, frames[slice.Path] > 1 || slice.Frame > 0 ? slice.Frame : null, slice.Place?.Along, () => reader.Dicom(slice.Path, slice.Frame))
        {
            ClassUid = slice.ClassUid,
            InstanceUid = slice.InstanceUid,
        })])
        {
            Description = first.Description,
            Modality = first.Modality,
            Sequence = first.Sequence,
            Plane = series.Plane,
            Spacing = series.Spacing,
            Attributes = () => DicomFile.ReadHeader(first.Path).Data,
            LeftOut = SeriesRefusal.Of(series) ?? TooThin(series),
        };
    }

    /// <summary>A series must show as much of a head as is one witness of a tumour.</summary>
    private static string? TooThin(DicomSeries series)
    {
        double[] places = [.. series.Slices.Select(slice => slice.Place?.Along).OfType<double>()];
        double covered = (places.Length == 0 ? 0 : places.Max() - places.Min()) + (series.First.Thickness ?? series.Spacing ?? 0);
        if (places.Length == series.Slices.Count && covered > 0 && covered < SeriesPooling.Window)
            return string.Create(CultureInfo.InvariantCulture, $"it covers {covered:0.#} mm of the head, and {SeriesPooling.Window:0} mm are needed");
        return places.Length < series.Slices.Count && series.Slices.Count < 3 ? "it has fewer than three images, and does not say where they lie" : null;
    }
}
