using Gyrus.Dicom.Display;
using Gyrus.Dicom.Parsing;

namespace Gyrus.Dicom.Series;

/// <summary>Where a slice lies in the patient: PS3.3 section C.7.6.2. Coordinates are millimetres to the patient's left, back and head.</summary>
/// <param name="Position">[3]: the centre of the first pixel.</param>
/// <param name="Across">[3]: the direction of a row, of length 1.</param>
/// <param name="Down">[3]: the direction of a column.</param>
public sealed record SlicePlace(IReadOnlyList<double> Position, IReadOnlyList<double> Across, IReadOnlyList<double> Down)
{
    // Of a slice's direction, for it to count as one of the three planes: 45 degrees.
    private const double Leaning = 0.7071;

    /// <summary>[3]: the direction through the slice, to the right of rows and columns.</summary>
    public IReadOnlyList<double> Through { get; } =
    [
        (Across[1] * Down[2]) - (Across[2] * Down[1]),
        (Across[2] * Down[0]) - (Across[0] * Down[2]),
        (Across[0] * Down[1]) - (Across[1] * Down[0]),
    ];

    /// <summary>How far along <see cref="Through"/> the slice lies, in millimetres: slices of a series are in this order.</summary>
    public double Along => Dot(Through, Position);

    /// <summary><c>axial</c>, <c>coronal</c> or <c>sagittal</c>; <c>oblique</c> where none is near.</summary>
    public string Plane => Math.Abs(Through[2]) > Leaning ? "axial" : Math.Abs(Through[1]) > Leaning ? "coronal" : Math.Abs(Through[0]) > Leaning ? "sagittal" : "oblique";

    /// <summary>The place of a frame; null where the file does not say it.</summary>
    /// <param name="attributes">The frame's attributes.</param>
    public static SlicePlace? Of(FrameAttributes attributes)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        var position = attributes.Numbers(DicomTags.PlanePositionSequence, DicomTags.ImagePositionPatient);
        var directions = attributes.Numbers(DicomTags.PlaneOrientationSequence, DicomTags.ImageOrientationPatient);
        if (position.Count != 3 || directions.Count != 6) return null;
        double[] across = [.. directions.Take(3)], down = [.. directions.Skip(3)];
        return Unit(across) && Unit(down) && Math.Abs(Dot(across, down)) < 0.1 ? new(position, across, down) : null;
    }

    private static bool Unit(double[] direction) => Math.Abs(Dot(direction, direction) - 1) < 0.1;

    private static double Dot(IReadOnlyList<double> a, IReadOnlyList<double> b) => (a[0] * b[0]) + (a[1] * b[1]) + (a[2] * b[2]);
}
