using System.Buffers.Binary;

namespace Gyrus.Dicom.Nifti;

/// <summary>The header of a NIfTI file: nifti1.h and nifti2.h of the NIfTI data format working group.</summary>
/// <param name="Version">1 or 2.</param>
/// <param name="IsSwapped">Whether numbers begin with their highest byte.</param>
/// <param name="Size">[3 to 7]: voxels along each axis; the first three are of space, the fourth of time.</param>
/// <param name="SampleType">The code of how a voxel is written.</param>
/// <param name="Offset">The byte at which voxels begin.</param>
/// <param name="Slope">What a voxel is multiplied by; 1 where the file says none.</param>
/// <param name="Intercept">What is added then.</param>
/// <param name="Spacing">[3]: millimetres from voxel to voxel along each axis.</param>
/// <param name="Affine">[3, 4]: where a voxel lies, in millimetres to the right, to the front and up; of the sform, else of the qform, else of the spacing
/// alone.</param>
/// <param name="IsPlaced">Whether the file has an sform or a qform, so that left and right are known.</param>
/// <param name="IsPair">Whether voxels are in a file of their own, <c>.img</c>.</param>
public sealed record NiftiHeader(
    int Version, bool IsSwapped, IReadOnlyList<int> Size, int SampleType, long Offset, double Slope, double Intercept, IReadOnlyList<double> Spacing,
    double[,] Affine, bool IsPlaced, bool IsPair)
{
    private const int FirstLength = 348;
    private const int SecondLength = 540;

    /// <summary>Whether a file that begins so is a NIfTI file, unpacked.</summary>
    /// <param name="bytes">Its first bytes, 348 or more where it has them.</param>
    public static bool Begins(ReadOnlySpan<byte> bytes) =>
        (bytes.Length >= FirstLength && Magic(bytes[344..]) is not null) || (bytes.Length >= 12 && Magic(bytes[4..]) is not null);

    /// <summary>Reads it.</summary>
    /// <param name="path">The file, for errors.</param>
    /// <param name="bytes">The file's first bytes.</param>
    /// <exception cref="DicomException">It is no NIfTI header, or is damaged.</exception>
    public static NiftiHeader Read(string path, ReadOnlyMemory<byte> bytes)
    {
        var start = bytes.Span;
        if (!Begins(start))
            throw new DicomException(path, DicomFault.NotRead, "this is no NIfTI file: its header has no mark n+1, ni1, n+2 or ni2; Analyze files tell no left from right and are not read");
        bool second = Magic(start[4..]) is not null;
        if (start.Length < (second ? SecondLength : FirstLength)) throw Damaged(path, "it ends in its header");
        var fields = new Fields(bytes, IsSwappedBy(start, second ? SecondLength : FirstLength));
        int[] size = new int[8];
        for (int i = 0; i < 8; i++) size[i] = second ? Whole(path, fields.Int64(16 + (8 * i))) : fields.Int16(40 + (2 * i));
        if (size[0] is < 1 or > 7 || size.Skip(1).Take(size[0]).Any(count => count < 1)) throw Damaged(path, $"its size is {string.Join(" x ", size.Skip(1).Take(Math.Clamp(size[0], 1, 7)))}");
        List<int> shape = [.. size.Skip(1).Take(size[0])];
        while (shape.Count < 3) shape.Add(1);
        double[] steps = [.. Enumerable.Range(0, 4).Select(i => second ? fields.Double(104 + (8 * i)) : fields.Single(76 + (4 * i)))];
        double slope = second ? fields.Double(176) : fields.Single(112), intercept = second ? fields.Double(184) : fields.Single(116);
        if (slope == 0 || !double.IsFinite(slope) || !double.IsFinite(intercept)) (slope, intercept) = (1, 0);
        int qform = second ? fields.Int32(344) : fields.Int16(252), sform = second ? fields.Int32(348) : fields.Int16(254);
        double[,] affine;
        if (sform > 0) affine = Rows(i => second ? fields.Double(400 + (8 * i)) : fields.Single(280 + (4 * i)));
        else if (qform > 0) affine = Turned(steps, i => second ? fields.Double(352 + (8 * i)) : fields.Single(256 + (4 * i)));
        else affine = Unplaced(steps, shape);
        return new(
            second ? 2 : 1, fields.IsSwapped, shape, second ? fields.Int16(12) : fields.Int16(70),
            second ? fields.Int64(168) : (long)fields.Single(108), slope, intercept, [.. steps.Skip(1).Select(step => step == 0 || !double.IsFinite(step) ? 1 : Math.Abs(step))],
            affine, sform > 0 || qform > 0, Magic(start[(second ? 4 : 344)..]) == "ni");
    }

    internal static DicomException Damaged(string path, string detail, Exception? inner = null) =>
        new(path, DicomFault.Damaged, $"the NIfTI file is cut off or damaged ({detail}); get it again from where it came", inner);

    private static string? Magic(ReadOnlySpan<byte> at) =>
        at.StartsWith("n+1\0"u8) || at.StartsWith("n+2\0"u8) ? "n+" : at.StartsWith("ni1\0"u8) || at.StartsWith("ni2\0"u8) ? "ni" : null;

    private static bool IsSwappedBy(ReadOnlySpan<byte> bytes, int length) => BinaryPrimitives.ReadInt32LittleEndian(bytes) != length;

    private static int Whole(string path, long value) => value is >= int.MinValue and <= int.MaxValue ? (int)value : throw Damaged(path, $"a size of {value}");

    private static double[,] Rows(Func<int, double> number)
    {
        var affine = new double[3, 4];
        for (int i = 0; i < 12; i++) affine[i / 4, i % 4] = number(i);
        return affine;
    }

    /// <summary>The place of voxels by a quaternion b, c, d and an offset: method 2 of nifti1.h.</summary>
    private static double[,] Turned(double[] steps, Func<int, double> number)
    {
        double b = number(0), c = number(1), d = number(2);
        double a = Math.Sqrt(Math.Max(0, 1 - (b * b) - (c * c) - (d * d)));
        double hand = steps[0] < 0 ? -1 : 1;
        double[] along = [steps[1], steps[2], steps[3] * hand];
        double[,] turn =
        {
            { (a * a) + (b * b) - (c * c) - (d * d), 2 * ((b * c) - (a * d)), 2 * ((b * d) + (a * c)) },
            { 2 * ((b * c) + (a * d)), (a * a) + (c * c) - (b * b) - (d * d), 2 * ((c * d) - (a * b)) },
            { 2 * ((b * d) - (a * c)), 2 * ((c * d) + (a * b)), (a * a) + (d * d) - (c * c) - (b * b) },
        };
        var affine = new double[3, 4];
        for (int row = 0; row < 3; row++)
        {
            for (int axis = 0; axis < 3; axis++) affine[row, axis] = turn[row, axis] * along[axis];
            affine[row, 3] = number(3 + row);
        }
        return affine;
    }

    private static double[,] Unplaced(double[] steps, List<int> shape)
    {
        var affine = new double[3, 4];
        for (int axis = 0; axis < 3; axis++)
        {
            affine[axis, axis] = steps[axis + 1];
            affine[axis, 3] = -steps[axis + 1] * (shape[axis] - 1) / 2;
        }
        return affine;
    }

    private sealed class Fields(ReadOnlyMemory<byte> bytes, bool isSwapped)
    {

        public bool IsSwapped { get; } = isSwapped;

        public int Int16(int at) => IsSwapped ? BinaryPrimitives.ReadInt16BigEndian(bytes.Span[at..]) : BinaryPrimitives.ReadInt16LittleEndian(bytes.Span[at..]);

        public int Int32(int at) => IsSwapped ? BinaryPrimitives.ReadInt32BigEndian(bytes.Span[at..]) : BinaryPrimitives.ReadInt32LittleEndian(bytes.Span[at..]);

        public long Int64(int at) => IsSwapped ? BinaryPrimitives.ReadInt64BigEndian(bytes.Span[at..]) : BinaryPrimitives.ReadInt64LittleEndian(bytes.Span[at..]);

        public double Single(int at) => IsSwapped ? BinaryPrimitives.ReadSingleBigEndian(bytes.Span[at..]) : BinaryPrimitives.ReadSingleLittleEndian(bytes.Span[at..]);

        public double Double(int at) => IsSwapped ? BinaryPrimitives.ReadDoubleBigEndian(bytes.Span[at..]) : BinaryPrimitives.ReadDoubleLittleEndian(bytes.Span[at..]);
    }
}
