using System.Globalization;
using Gyrus.Imaging.Decoding;

namespace Gyrus.Inference.Studies;

/// <summary>NIfTI volumes as stacks, one for each plane in which their voxels are fine enough.</summary>
public static class NiftiSliceSeries
{
    /// <summary>A volume as stacks. The file is a study of its own, since NIfTI names no patient.</summary>
    /// <param name="path">The file.</param>
    /// <param name="reader">Reads it.</param>
    /// <exception cref="Gyrus.Dicom.DicomException">It cannot be read.</exception>
    public static IReadOnlyList<SliceSeries> Of(string path, SliceReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var volume = reader.Nifti(path);
        var leftOut = volume.Volumes == 1 ? null
            : string.Create(CultureInfo.InvariantCulture, $"it holds {volume.Volumes} volumes, as of times or directions; save the one that shows the anatomy");
        return [.. volume.Planes.Select(plane => new SliceSeries(path, path, $"{path}#{plane.Name}", [.. Enumerable.Range(0, plane.Count).Select(slice => new SeriesSlice(
            path, slice, slice * plane.SliceSpacing, () => reader.Nifti(path, plane.Name, slice))
        {
            Cut = plane.Name,
        })])
        {
            Description = Path.GetFileName(path),
            Modality = volume.IsCt ? "CT" : "",
            Plane = plane.Name,
            Spacing = plane.SliceSpacing,
            LeftOut = leftOut ?? (Math.Min(plane.Columns, plane.Rows) < Acceptance.LeastSide ? "it is too small to show a head" : null),
        })];
    }
}
