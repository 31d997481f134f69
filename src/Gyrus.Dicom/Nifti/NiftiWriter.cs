using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Gyrus.Dicom.Nifti;

/// <summary>Writes volumes as NIfTI-1 files, packed with gzip: nifti1.h of the NIfTI data format working group.</summary>
public static class NiftiWriter
{
    private const int HeaderLength = 348;
    private const int Offset = 352;

    // Cosines between axes from which on they are no longer at right angles: places are rounded to 5 digits by some scanners.
    private const double Slanting = 1e-3;

    /// <summary>Writes a volume of one time. Values are written as they are, with slope 1 and intercept 0.</summary>
    /// <param name="path">The file; an old one stands until the new one is whole.</param>
    /// <param name="size">Voxels along the three axes, each 32,767 at most.</param>
    /// <param name="affine">[3, 4]: the place of a voxel in millimetres to the right, to the front and up. It becomes the sform, and the qform too where its axes are at right angles: a
    /// quaternion knows no other.</param>
    /// <param name="isWhole">Whether all values are whole numbers of 16 bits with a sign, and written so; else they are float32.</param>
    /// <param name="slices">The values: [<c>Y</c>, <c>X</c>] for each place on the third axis.</param>
    /// <exception cref="ArgumentException">There are more or fewer slices or values than the size says.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, (int X, int Y, int Z) size, double[,] affine, bool isWhole, IEnumerable<float[]> slices)
    {
        ArgumentNullException.ThrowIfNull(affine);
        ArgumentNullException.ThrowIfNull(slices);
        var header = Header(size, affine, isWhole);
        AtomicFile.Write(path, stream =>
        {
            using var gzip = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true);
            gzip.Write(header);
            int written = 0;
            foreach (var slice in slices)
            {
                if (slice.Length != size.X * size.Y) throw new ArgumentException($"a slice has {slice.Length} values, not {size.X} x {size.Y}", nameof(slices));
                gzip.Write(isWhole ? Whole(slice) : Floats(slice));
                written++;
            }
            if (written != size.Z) throw new ArgumentException($"there are {written} slices, not {size.Z}", nameof(slices));
        });
    }

    private static byte[] Header((int X, int Y, int Z) size, double[,] affine, bool isWhole)
    {
        var bytes = new byte[Offset];
        void Short(int at, int value) => BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(at), checked((short)value));
        void Single(int at, double value) => BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(at), (float)value);

        BinaryPrimitives.WriteInt32LittleEndian(bytes, HeaderLength);
        bytes[38] = (byte)'r';
        int[] dimensions = [3, size.X, size.Y, size.Z, 1, 1, 1, 1];
        for (int i = 0; i < dimensions.Length; i++) Short(40 + (2 * i), dimensions[i]);
        Short(70, isWhole ? 4 : 16);
        Short(72, isWhole ? 16 : 32);
        double[] steps = [.. Enumerable.Range(0, 3).Select(axis => Length(affine, axis))];
        var (quaternion, hand) = Quaternion(affine, steps);
        Single(76, hand);
        for (int axis = 0; axis < 3; axis++) Single(80 + (4 * axis), steps[axis]);
        Single(108, Offset);
        Single(112, 1);
        bytes[123] = 2; // millimetres
        "Gyrus"u8.CopyTo(bytes.AsSpan(148));
        Short(252, quaternion is null ? 0 : 1); // a scanner's coordinates
        Short(254, 1);
        for (int i = 0; i < 3; i++)
        {
            Single(256 + (4 * i), quaternion?[i] ?? 0);
            Single(268 + (4 * i), affine[i, 3]);
            for (int column = 0; column < 4; column++) Single(280 + (16 * i) + (4 * column), affine[i, column]);
        }
        "n+1\0"u8.CopyTo(bytes.AsSpan(344));
        return bytes;
    }

    /// <summary>The parts b, c, d of the quaternion that turns the axes, and -1 where the third must be mirrored; none where axes are not at right angles. The largest of
    /// the four parts is computed first, as a root, and the others of it.</summary>
    private static (double[]? Parts, int Hand) Quaternion(double[,] affine, double[] steps)
    {
        var r = new double[3, 3];
        for (int axis = 0; axis < 3; axis++)
        {
            for (int row = 0; row < 3; row++) r[row, axis] = steps[axis] > 0 ? affine[row, axis] / steps[axis] : 0;
        }
        double Dot(int a, int b) => (r[0, a] * r[0, b]) + (r[1, a] * r[1, b]) + (r[2, a] * r[2, b]);
        if (Math.Abs(Dot(0, 1)) > Slanting || Math.Abs(Dot(0, 2)) > Slanting || Math.Abs(Dot(1, 2)) > Slanting) return (null, 1);
        double determinant = (r[0, 0] * ((r[1, 1] * r[2, 2]) - (r[1, 2] * r[2, 1]))) - (r[0, 1] * ((r[1, 0] * r[2, 2]) - (r[1, 2] * r[2, 0])))
            + (r[0, 2] * ((r[1, 0] * r[2, 1]) - (r[1, 1] * r[2, 0])));
        int hand = determinant < 0 ? -1 : 1;
        for (int row = 0; row < 3; row++) r[row, 2] *= hand;
        double[] squares = [1 + r[0, 0] + r[1, 1] + r[2, 2], 1 + r[0, 0] - r[1, 1] - r[2, 2], 1 - r[0, 0] + r[1, 1] - r[2, 2], 1 - r[0, 0] - r[1, 1] + r[2, 2]];
        int largest = Array.IndexOf(squares, squares.Max());
        double four = 2 * Math.Sqrt(squares[largest]); // four times the largest part
        double[] q = largest switch
        {
            0 => [four / 4, (r[2, 1] - r[1, 2]) / four, (r[0, 2] - r[2, 0]) / four, (r[1, 0] - r[0, 1]) / four],
            1 => [(r[2, 1] - r[1, 2]) / four, four / 4, (r[0, 1] + r[1, 0]) / four, (r[0, 2] + r[2, 0]) / four],
            2 => [(r[0, 2] - r[2, 0]) / four, (r[0, 1] + r[1, 0]) / four, four / 4, (r[1, 2] + r[2, 1]) / four],
            _ => [(r[1, 0] - r[0, 1]) / four, (r[0, 2] + r[2, 0]) / four, (r[1, 2] + r[2, 1]) / four, four / 4],
        };
        // The first part is not written, and taken for positive.
        double sign = q[0] < 0 ? -1 : 1, length = Math.Sqrt(q.Sum(part => part * part));
        return ([.. q.Skip(1).Select(part => sign * part / length)], hand);
    }

    private static double Length(double[,] affine, int axis) =>
        Math.Sqrt((affine[0, axis] * affine[0, axis]) + (affine[1, axis] * affine[1, axis]) + (affine[2, axis] * affine[2, axis]));

    private static byte[] Whole(float[] values)
    {
        var bytes = new byte[values.Length * sizeof(short)];
        for (int i = 0; i < values.Length; i++) BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(i * sizeof(short)), checked((short)values[i]));
        return bytes;
    }

    private static byte[] Floats(float[] values)
    {
        if (BitConverter.IsLittleEndian) return MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
        var bytes = new byte[values.Length * sizeof(float)];
        for (int i = 0; i < values.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        return bytes;
    }
}
