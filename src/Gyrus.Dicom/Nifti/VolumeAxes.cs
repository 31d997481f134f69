namespace Gyrus.Dicom.Nifti;

/// <summary>How a volume's axes lie in the patient, to the nearest of right, front and up.</summary>
/// <param name="Axis">[3]: for the directions left to right, back to front and foot to head, the volume's axis that is nearest.</param>
/// <param name="IsReversed">[3]: whether that axis runs the other way.</param>
public sealed record VolumeAxes(IReadOnlyList<int> Axis, IReadOnlyList<bool> IsReversed)
{
    /// <summary>The axes of a volume: of all ways to pair them with directions, the one that leans least.</summary>
    /// <param name="affine">[3, 4]: <see cref="NiftiHeader.Affine"/>.</param>
    public static VolumeAxes Of(double[,] affine)
    {
        ArgumentNullException.ThrowIfNull(affine);
        double Along(int direction, int axis)
        {
            double length = Math.Sqrt(Enumerable.Range(0, 3).Sum(row => affine[row, axis] * affine[row, axis]));
            return length == 0 ? 0 : affine[direction, axis] / length;
        }
        int[][] orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
        var best = orders.MaxBy(order => Enumerable.Range(0, 3).Sum(direction => Math.Abs(Along(direction, order[direction]))))!;
        return new(best, [.. best.Select((axis, direction) => Along(direction, axis) < 0)]);
    }
}
