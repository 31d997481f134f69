using System.Buffers.Binary;
using System.IO.Compression;

namespace Gyrus.Dicom.Nifti;

/// <summary>A NIfTI volume in memory; voxels are turned into numbers as they are asked for.</summary>
public sealed class NiftiVolume
{
    /// <summary>The most bytes that a volume may unfold to.</summary>
    public const long Largest = 1L << 31;

    private static readonly Dictionary<int, (string Title, int Bytes)> SampleTypes = new()
    {
        [2] = ("uint8", 1),
        [4] = ("int16", 2),
        [8] = ("int32", 4),
        [16] = ("float32", 4),
        [64] = ("float64", 8),
        [128] = ("RGB", 3),
        [256] = ("int8", 1),
        [512] = ("uint16", 2),
        [768] = ("uint32", 4),
        [1024] = ("int64", 8),
        [1280] = ("uint64", 8),
        [2304] = ("RGBA", 4),
    };

    private readonly ReadOnlyMemory<byte> _voxels;
    private readonly int _bytesEach;

    private NiftiVolume(string path, NiftiHeader header, ReadOnlyMemory<byte> voxels, int bytesEach) =>
        (Path, Header, _voxels, _bytesEach) = (path, header, voxels, bytesEach);

    /// <summary>The file, as the user named it.</summary>
    public string Path { get; }

    /// <summary>Its size, place and scale.</summary>
    public NiftiHeader Header { get; }

    /// <summary>Volumes in the file, such as times: the product of the sizes behind the third.</summary>
    public int Volumes => Header.Size.Skip(3).Aggregate(1, (product, size) => product * size);

    /// <summary>Whether voxels are RGB or RGBA.</summary>
    public bool IsColour => Header.SampleType is 128 or 2304;

    /// <summary>Whether voxels are floating-point numbers, before they are scaled.</summary>
    public bool IsFloatingPoint => Header.SampleType is 16 or 64;

    /// <summary>Whether a file begins as NIfTI, packed with gzip or not; false too for one that cannot be read.</summary>
    /// <param name="path">The file.</param>
    public static bool IsNifti(string path)
    {
        if (FileKind.Special(path) is not null) return false;
        try
        {
            using var file = File.OpenRead(path);
            bool isPacked = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
            file.Position = 0;
            using Stream content = isPacked ? new GZipStream(file, CompressionMode.Decompress) : file;
            Span<byte> start = stackalloc byte[348];
            return NiftiHeader.Begins(start[..content.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>Reads a file, packed with gzip or not, and of a pair either of both.</summary>
    /// <param name="path">The file.</param>
    /// <param name="largest">The most bytes that it may unfold to, up to <see cref="Largest"/>.</param>
    /// <exception cref="DicomException">It cannot be read, is no NIfTI file, is damaged, too large, or has voxels of a kind that is not read.</exception>
    public static NiftiVolume Read(string path, long largest = Largest)
    {
        ArgumentNullException.ThrowIfNull(path);
        var bytes = Unfold(path, InputFile.Read(path), largest);
        if (!NiftiHeader.Begins(bytes.Span) && PartOfPair(path, ".img", ".hdr") is { } beside)
            return Of(path, NiftiHeader.Read(beside, Unfold(beside, InputFile.Read(beside), largest)), bytes);
        var header = NiftiHeader.Read(path, bytes);
        if (!header.IsPair) return Of(path, header, bytes);
        var image = PartOfPair(path, ".hdr", ".img")
            ?? throw new DicomException(path, DicomFault.Unreadable, "its voxels are in a file of their own, which is not beside it; put the .img there");
        return Of(path, header, Unfold(image, InputFile.Read(image), largest));
    }

    /// <summary>The number at a voxel, scaled as the file says; of colours their brightness.</summary>
    /// <param name="x">Along the first axis.</param>
    /// <param name="y">Along the second.</param>
    /// <param name="z">Along the third.</param>
    /// <param name="volume">The volume, from 0.</param>
    public double Value(int x, int y, int z, int volume = 0)
    {
        var size = Header.Size;
        long index = x + ((long)size[0] * (y + ((long)size[1] * (z + ((long)size[2] * volume)))));
        return (Raw(_voxels.Span.Slice((int)(index * _bytesEach), _bytesEach)) * Header.Slope) + Header.Intercept;
    }

    private double Raw(ReadOnlySpan<byte> at)
    {
        if (!Header.IsSwapped)
        {
            switch (Header.SampleType)
            {
                case 4: return BinaryPrimitives.ReadInt16LittleEndian(at);
                case 8: return BinaryPrimitives.ReadInt32LittleEndian(at);
                case 16: return BinaryPrimitives.ReadSingleLittleEndian(at);
                case 64: return BinaryPrimitives.ReadDoubleLittleEndian(at);
                case 512: return BinaryPrimitives.ReadUInt16LittleEndian(at);
                case 768: return BinaryPrimitives.ReadUInt32LittleEndian(at);
                case 1024: return BinaryPrimitives.ReadInt64LittleEndian(at);
                case 1280: return BinaryPrimitives.ReadUInt64LittleEndian(at);
                default: break;
            }
        }
        return Header.SampleType switch
        {
            2 => at[0],
            4 => BinaryPrimitives.ReadInt16BigEndian(at),
            8 => BinaryPrimitives.ReadInt32BigEndian(at),
            16 => BinaryPrimitives.ReadSingleBigEndian(at),
            64 => BinaryPrimitives.ReadDoubleBigEndian(at),
            256 => (sbyte)at[0],
            512 => BinaryPrimitives.ReadUInt16BigEndian(at),
            768 => BinaryPrimitives.ReadUInt32BigEndian(at),
            1024 => BinaryPrimitives.ReadInt64BigEndian(at),
            1280 => BinaryPrimitives.ReadUInt64BigEndian(at),
            // ITU-R BT.601, as Gyrus's own grey.
            _ => (0.299 * at[0]) + (0.587 * at[1]) + (0.114 * at[2]),
        };
    }

    private static NiftiVolume Of(string path, NiftiHeader header, ReadOnlyMemory<byte> bytes)
    {
        if (!SampleTypes.TryGetValue(header.SampleType, out var type))
            throw new DicomException(path, DicomFault.NotRead, $"its voxels are of the type {header.SampleType}, complex or of 128 bits, which is not read; save it as float32");
        long needed = header.Size.Aggregate((long)type.Bytes, (product, size) => product > Largest ? product : product * size);
        if (needed > Largest) throw new DicomException(path, DicomFault.TooLarge, $"{string.Join(" x ", header.Size)} voxels of {type.Title} are more than {Largest} bytes; make it smaller");
        if (header.Offset < 0 || header.Offset + needed > bytes.Length)
            throw NiftiHeader.Damaged(path, $"it has {bytes.Length} bytes, and {string.Join(" x ", header.Size)} voxels of {type.Title} need {header.Offset + needed}");
        return new(path, header, bytes.Slice((int)header.Offset, (int)needed), type.Bytes);
    }

    private static string? PartOfPair(string path, string from, string to)
    {
        var whole = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        if (!whole.EndsWith(from, StringComparison.OrdinalIgnoreCase)) return null;
        var other = whole[..^from.Length] + to;
        return File.Exists(other) ? other : File.Exists(other + ".gz") ? other + ".gz" : null;
    }

    private static ReadOnlyMemory<byte> Unfold(string path, byte[] bytes, long largest)
    {
        if (bytes is not [0x1F, 0x8B, ..]) return bytes;
        using var packed = new MemoryStream(bytes);
        using var gzip = new GZipStream(packed, CompressionMode.Decompress);
        using var whole = new MemoryStream();
        var buffer = new byte[1 << 16];
        try
        {
            while (gzip.Read(buffer) is > 0 and var read)
            {
                if (whole.Length + read > Math.Min(largest, Array.MaxLength))
                    throw new DicomException(path, DicomFault.TooLarge, $"the file unfolds to more than {largest} bytes; make it smaller");
                whole.Write(buffer, 0, read);
            }
        }
        catch (InvalidDataException e)
        {
            throw NiftiHeader.Damaged(path, "its gzip does not unfold", e);
        }
        return whole.GetBuffer().AsMemory(0, (int)whole.Length);
    }
}
