using Gyrus.Dicom.Nifti;
using Gyrus.Imaging.Decoding;

namespace Gyrus.Data.Converting;

/// <summary>NIfTI volumes as stacks.</summary>
internal static class NiftiStacks
{
    /// <summary>A file as stacks: one for each plane in which its voxels are fine enough.</summary>
    /// <param name="path">The file.</param>
    /// <param name="reader">Reads it.</param>
    /// <exception cref="Gyrus.Dicom.DicomException">It cannot be read.</exception>
    public static IReadOnlyList<SliceStack> Of(string path, SliceReader reader)
    {
        var file = reader.Nifti(path);
        return [.. file.Planes.Select(plane => Of(path, file, plane, reader))];
    }

    private static SliceStack Of(string path, NiftiSlices file, VolumePlane plane, SliceReader reader) =>
        new([.. Enumerable.Range(0, plane.Count).Select(slice => new StackSlice(
            path, slice, slice * plane.SliceSpacing, (plane.RowSpacing, plane.ColumnSpacing),
            () => file.IsColour ? null : file.Grey(plane.Name, slice), () => reader.Nifti(path, plane.Name, slice)))],
            PlainName.Of($"{Stem(path)}-{plane.Name}"), StudyUid: "", (plane.Columns, plane.Rows), (null, "it is a NIfTI volume already"))
        {
            LeftOut = file.Volumes == 1 ? null : FormattableString.Invariant($"it holds {file.Volumes} volumes, as of times or directions; save one by itself"),
            Description = Path.GetFileName(path),
            Modality = file.IsCt ? "CT" : "",
            Plane = plane.Name,
        };

    /// <summary>A file's name without its folder and without the endings of NIfTI.</summary>
    public static string Stem(string path)
    {
        var name = Path.GetFileName(path);
        foreach (var ending in (string[])[".gz", ".nii", ".hdr", ".img"])
        {
            if (name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) name = name[..^ending.Length];
        }
        return name;
    }
}
