using System.Buffers.Binary;
using System.IO.Compression;

namespace Gyrus.Samples;

/// <summary>
/// The few things about a NIfTI-1 file that the samples need: little-endian bytes or 16-bit integers, and axes that run
/// to the right, to the front and up. Header fields: nifti1.h of the NIfTI Data Format Working Group.
/// </summary>
internal sealed class NiftiVolume
{
    private const int HeaderSize = 348;

    private readonly int _columns;
    private readonly int _rows;
    private readonly int _slices;
    private readonly float[] _values;

    private NiftiVolume(int columns, int rows, int slices, float[] values) =>
        (_columns, _rows, _slices, _values) = (columns, rows, slices, values);

    public static NiftiVolume Read(string path)
    {
        using var file = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var memory = new MemoryStream();
        file.CopyTo(memory);
        var bytes = memory.ToArray();
        if (BinaryPrimitives.ReadInt32LittleEndian(bytes) != HeaderSize)
            throw new InvalidDataException($"{path}: not a little-endian NIfTI-1 file");
        int Dimension(int i) => BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(40 + (2 * i)));
        int type = BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(70));
        int data = (int)BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(108));
        var values = new float[Dimension(1) * Dimension(2) * Dimension(3)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = type switch
            {
                2 => bytes[data + i],
                4 => BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(data + (2 * i))),
                _ => throw new InvalidDataException($"{path}: data type {type} is not read"),
            };
        }
        return new NiftiVolume(Dimension(1), Dimension(2), Dimension(3), Windowed(values));
    }

    /// <summary>A slice seen from below with the nose up.</summary>
    public GrayImage Axial(double share)
    {
        int z = At(share, _slices);
        return Padded(_columns, _rows, (x, y) => Value(_columns - 1 - x, _rows - 1 - y, z));
    }

    /// <summary>A slice seen from the front with the crown up.</summary>
    public GrayImage Coronal(double share)
    {
        int y = At(share, _rows);
        return Padded(_columns, _slices, (x, row) => Value(_columns - 1 - x, y, _slices - 1 - row));
    }

    /// <summary>A slice seen from the side with the nose to the left.</summary>
    public GrayImage Sagittal(double share)
    {
        int x = At(share, _columns);
        return Padded(_rows, _slices, (column, row) => Value(x, _rows - 1 - column, _slices - 1 - row));
    }

    private static int At(double share, int count) => (int)Math.Round(share * (count - 1));

    private float Value(int x, int y, int z) => _values[(((z * _rows) + y) * _columns) + x];

    /// <summary>On a black square with a margin.</summary>
    private static GrayImage Padded(int width, int height, Func<int, int, float> value)
    {
        int side = Math.Max(width, height) + 16;
        int left = (side - width) / 2, top = (side - height) / 2;
        float Inside(int x, int y) => x < 0 || y < 0 || x >= width || y >= height ? 0 : value(x, y);
        return GrayImage.Make(side, side, (x, y) => Inside(x - left, y - top));
    }

    /// <summary>Scales so that all but the brightest 0.2 % of the head is between black and white.</summary>
    private static float[] Windowed(float[] values)
    {
        var head = values.Where(value => value > 0).Order().ToArray();
        float white = head[(int)(head.Length * 0.998)];
        return Array.ConvertAll(values, value => Math.Clamp(value / white, 0, 1));
    }
}
