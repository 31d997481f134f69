namespace Gyrus.Dicom.Nifti;

/// <summary>The slices of a volume in one plane, each as radiologists look at it: the patient's right on the left of the image, the front or the head
/// above; in sagittal ones the front on the left.</summary>
public sealed class VolumePlane
{
    // Of the widest to the narrowest spacing: beyond it a cut across the slices shows steps and no anatomy.
    private const double MostUneven = 2;

    private readonly NiftiVolume _volume;
    private readonly VolumeAxes _axes;
    private readonly (int Across, bool IsAcrossReversed, int Down, bool IsDownReversed, int Through) _place;

    private VolumePlane(NiftiVolume volume, VolumeAxes axes, string name)
    {
        (_volume, _axes, Name) = (volume, axes, name);
        // Directions: 0 left to right, 1 back to front, 2 foot to head. Images run from the right, from the front and from the head.
        var (across, down, through) = name switch
        {
            "axial" => (0, 1, 2),
            "coronal" => (0, 2, 1),
            _ => (1, 2, 0),
        };
        _place = (axes.Axis[across], !axes.IsReversed[across], axes.Axis[down], !axes.IsReversed[down], axes.Axis[through]);
        (Direction, Columns, Rows, Count) = (through, Size(_place.Across), Size(_place.Down), Size(_place.Through));
    }

    /// <summary><c>axial</c>, <c>coronal</c> or <c>sagittal</c>.</summary>
    public string Name { get; }

    /// <summary>Pixels across.</summary>
    public int Columns { get; }

    /// <summary>Pixels down.</summary>
    public int Rows { get; }

    /// <summary>Slices, from the foot, the back or the left on.</summary>
    public int Count { get; }

    /// <summary>Millimetres from row to row.</summary>
    public double RowSpacing => _volume.Header.Spacing[_place.Down];

    /// <summary>Millimetres from column to column.</summary>
    public double ColumnSpacing => _volume.Header.Spacing[_place.Across];

    /// <summary>Millimetres from slice to slice.</summary>
    public double SliceSpacing => _volume.Header.Spacing[_place.Through];

    private int Direction { get; }

    /// <summary>The planes in which a volume can be read: that of its slices, and all three where voxels are nearly as long as wide.</summary>
    /// <param name="volume">The volume.</param>
    public static IReadOnlyList<VolumePlane> Of(NiftiVolume volume)
    {
        ArgumentNullException.ThrowIfNull(volume);
        var axes = VolumeAxes.Of(volume.Header.Affine);
        VolumePlane[] all = [.. ((string[])["axial", "coronal", "sagittal"]).Select(name => new VolumePlane(volume, axes, name))];
        var spacing = volume.Header.Spacing;
        return spacing.Max() <= spacing.Min() * MostUneven ? all : [all.MaxBy(plane => plane.SliceSpacing)!];
    }

    /// <summary>The values of a slice.</summary>
    /// <param name="slice">Its number, from 0.</param>
    /// <param name="volume">The volume in the file, from 0.</param>
    /// <returns>[Rows, Columns].</returns>
    public float[] Values(int slice, int volume = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(slice);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(slice, Count);
        var values = new float[Rows * Columns];
        Span<int> at = stackalloc int[3];
        at[_place.Through] = _axes.IsReversed[Direction] ? Count - 1 - slice : slice;
        for (int row = 0, i = 0; row < Rows; row++)
        {
            at[_place.Down] = _place.IsDownReversed ? Rows - 1 - row : row;
            for (int column = 0; column < Columns; column++, i++)
            {
                at[_place.Across] = _place.IsAcrossReversed ? Columns - 1 - column : column;
                values[i] = (float)_volume.Value(at[0], at[1], at[2], volume);
            }
        }
        return values;
    }

    private int Size(int axis) => _volume.Header.Size[axis];
}
