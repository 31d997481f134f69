using System.Buffers.Binary;
using System.IO.Compression;

namespace Gyrus.Samples;

/// <summary>
/// An 8-bit NIfTI-1 volume whose axes run to the patient's right, front and top: as much of the format as the
/// samples' sources use. Fields and offsets: the NIfTI-1 header, nifti1.h of the NIfTI Data Format Working Group.
/// </summary>
internal sealed class NiftiVolume
{
    private const int HeaderLength = 348;
    private const short UnsignedByte = 2;

    private readonly byte[] _voxels; // [Z, Y, X]
    private readonly int _width, _depth, _height;
    private readonly double _voxelSize;
    private readonly double _left, _back, _bottom;

    private NiftiVolume(byte[] voxels, int width, int depth, int height, double voxelSize, double left, double back,
        double bottom)
    {
        (_voxels, _width, _depth, _height, _voxelSize) = (voxels, width, depth, height, voxelSize);
        (_left, _back, _bottom) = (left, back, bottom);
    }

    /// <summary>The middle of the volume in millimetres: to the right, to the front, to the top.</summary>
    public (double X, double Y, double Z) Centre => (
        _left + (_width - 1) * _voxelSize / 2,
        _back + (_depth - 1) * _voxelSize / 2,
        _bottom + (_height - 1) * _voxelSize / 2);

    /// <summary>Reads a gzipped NIfTI-1 file.</summary>
    /// <exception cref="GyrusException">The file is missing, damaged, or of another kind.</exception>
    public static NiftiVolume Read(string path)
    {
        byte[] bytes;
        try
        {
            using var file = File.OpenRead(path);
            using var unzipped = new GZipStream(file, CompressionMode.Decompress);
            using var memory = new MemoryStream();
            unzipped.CopyTo(memory);
            bytes = memory.ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new GyrusException(
                $"{path}: cannot be read ({e.Message}). Take the file from Debian's package mricron-data.", e);
        }
        return Parse(path, bytes);
    }

    private static NiftiVolume Parse(string path, byte[] bytes)
    {
        Require(bytes.Length > HeaderLength && Int32(0) == HeaderLength
            && bytes.AsSpan(344, 4).SequenceEqual("n+1\0"u8),
            "is not a little-endian, single-file NIfTI-1 volume");
        Require(Int16(40) == 3 || (Int16(40) == 4 && Int16(48) == 1), "does not have three dimensions");
        Require(Int16(70) == UnsignedByte, "does not hold unsigned bytes");
        int width = Int16(42), depth = Int16(44), height = Int16(46), start = (int)Float(108);
        Require(width > 0 && depth > 0 && height > 0 && start >= HeaderLength
            && bytes.LongLength - start == (long)width * depth * height, "does not hold as many voxels as it says");

        double size = Float(280);
        Require(Int16(254) > 0 && size > 0 && Float(300) == size && Float(320) == size, "has voxels that are not cubes "
            + "along the axes right, front and top");
        int[] offDiagonal = [284, 288, 296, 304, 312, 316];
        Require(offDiagonal.All(offset => Float(offset) == 0), "is turned against the axes right, front and top");

        return new NiftiVolume(bytes[start..], width, depth, height, size, Float(292), Float(308), Float(324));

        short Int16(int offset) => BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(offset));
        int Int32(int offset) => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(offset));
        float Float(int offset) => BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(offset));
        void Require(bool holds, string fault)
        {
            if (!holds) throw new GyrusException($"{path}: {fault}. Take the file from Debian's package mricron-data.");
        }
    }

    /// <summary>
    /// The volume at a point, in millimetres, by cubic convolution along each axis that lies between voxels; 0 outside.
    /// </summary>
    public double At(double x, double y, double z)
    {
        var (firstX, weightsX) = CubicConvolution((x - _left) / _voxelSize);
        var (firstY, weightsY) = CubicConvolution((y - _back) / _voxelSize);
        var (firstZ, weightsZ) = CubicConvolution((z - _bottom) / _voxelSize);
        double sum = 0;
        for (int k = 0; k < 4; k++)
        {
            for (int j = 0; j < 4; j++)
            {
                double across = weightsY[j] * weightsZ[k];
                if (across == 0) continue;
                for (int i = 0; i < 4; i++) sum += weightsX[i] * across * Voxel(firstX + i, firstY + j, firstZ + k);
            }
        }
        return sum;
    }

    private byte Voxel(int x, int y, int z) =>
        x >= 0 && x < _width && y >= 0 && y < _depth && z >= 0 && z < _height
            ? _voxels[(z * _depth + y) * _width + x]
            : (byte)0;

    // Keys 1981, "Cubic convolution interpolation for digital image processing", equation 15 (a = -1/2).
    private static (int First, double[] Weights) CubicConvolution(double position)
    {
        double floor = Math.Floor(position), t = position - floor;
        return ((int)floor - 1,
        [
            0.5 * t * (-1 + t * (2 - t)),
            1 + 0.5 * t * t * (-5 + 3 * t),
            0.5 * t * (1 + t * (4 - 3 * t)),
            0.5 * t * t * (t - 1),
        ]);
    }
}
