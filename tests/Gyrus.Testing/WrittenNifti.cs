using System.Buffers.Binary;
using System.IO.Compression;

namespace Gyrus.Testing;

/// <summary>Writes small NIfTI-1 volumes of whole numbers of 16 bits, packed with gzip, whose axes run to the patient's right, front and head.</summary>
public static class WrittenNifti
{
    /// <summary>The file.</summary>
    /// <param name="size">Voxels along each axis.</param>
    /// <param name="spacing">Millimetres from voxel to voxel along each axis.</param>
    /// <param name="value">The value at a place.</param>
    public static byte[] Bytes((int X, int Y, int Z) size, (float X, float Y, float Z) spacing, Func<int, int, int, int> value)
    {
        var bytes = new byte[352 + (size.X * size.Y * size.Z * 2)];
        void Word(int at, int number) => BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(at), (short)number);
        void Number(int at, float number) => BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(at), number);
        BinaryPrimitives.WriteInt32LittleEndian(bytes, 348);
        int[] sizes = [3, size.X, size.Y, size.Z, 1, 1, 1, 1];
        for (int i = 0; i < sizes.Length; i++) Word(40 + (2 * i), sizes[i]);
        Word(70, 4);
        Word(72, 16);
        float[] steps = [1, spacing.X, spacing.Y, spacing.Z];
        for (int i = 0; i < steps.Length; i++) Number(76 + (4 * i), steps[i]);
        Number(108, 352);
        Number(112, 1);
        Word(254, 1);
        for (int axis = 0; axis < 3; axis++) Number(280 + (20 * axis), steps[axis + 1]);
        "n+1\0"u8.CopyTo(bytes.AsSpan(344));
        for (int z = 0, at = 352; z < size.Z; z++)
        {
            for (int y = 0; y < size.Y; y++)
            {
                for (int x = 0; x < size.X; x++, at += 2) Word(at, value(x, y, z));
            }
        }
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(bytes);
        return packed.ToArray();
    }
}
