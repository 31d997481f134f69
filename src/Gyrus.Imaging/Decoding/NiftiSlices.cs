using Gyrus.Dicom.Nifti;

namespace Gyrus.Imaging.Decoding;

/// <summary>A NIfTI volume whose slices are displayed. NIfTI gives no window and does not say whether values are Hounsfield units: they are taken for such where some are
/// far below 0, as only air on CT is.</summary>
public sealed class NiftiSlices
{
    /// <summary>What scans of it are said to be of: <see cref="Scan.Format"/>.</summary>
    public const string FormatName = "nifti";

    // Air is at -1000, and tissue nowhere below -200.
    private const float Air = -500;

    private readonly (double Slope, double Intercept)? _scale;

    private NiftiSlices(NiftiVolume volume, IReadOnlyList<VolumePlane> planes)
    {
        (Planes, Volumes, IsCt, IsColour) = (planes, volume.Volumes, planes.Any(HasAir), volume.IsColour);
        _scale = volume.IsFloatingPoint ? null : (volume.Header.Slope, volume.Header.Intercept);
    }

    /// <summary>The planes in which it can be cut.</summary>
    public IReadOnlyList<VolumePlane> Planes { get; }

    /// <summary>Volumes in the file, such as times; slices are of the first.</summary>
    public int Volumes { get; }

    /// <summary>Whether values look like Hounsfield units.</summary>
    public bool IsCt { get; }

    /// <summary>Whether voxels are colours, whose brightness slices show.</summary>
    public bool IsColour { get; }

    /// <summary>Reads a volume.</summary>
    /// <param name="path">The file.</param>
    /// <param name="largest">The most bytes that it may unfold to.</param>
    /// <exception cref="Gyrus.Dicom.DicomException">It cannot be read.</exception>
    public static NiftiSlices Read(string path, long largest = NiftiVolume.Largest)
    {
        var volume = NiftiVolume.Read(path, largest);
        return new(volume, VolumePlane.Of(volume));
    }

    /// <summary>A slice in the volume's own units.</summary>
    /// <param name="plane">The plane's name.</param>
    /// <param name="slice">Its number, from 0.</param>
    public GreySlice Grey(string plane, int slice)
    {
        var cut = Planes.First(one => one.Name == plane);
        return new(cut.Columns, cut.Rows, cut.Values(slice), cut.RowSpacing, cut.ColumnSpacing, IsInverted: false, Window: null, IsCt, FormatName)
        {
            Unit = IsCt ? "HU" : "",
            Scale = _scale,
        };
    }

    private static bool HasAir(VolumePlane plane) => plane.Values(plane.Count / 2).Any(value => value <= Air);
}
