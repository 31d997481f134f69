using System.Buffers.Binary;
using System.IO.Compression;
using NetVips;

namespace Gyrus.Data.Tests.Import;

/// <summary>Makes zips, good and bad.</summary>
internal static class ZipFiles
{
    private const int UncompressedSizeOffset = 24;
    private const int FlagsOffset = 8;

    public static void Write(string path, params (string Name, byte[] Bytes)[] entries)
    {
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (name, bytes) in entries)
        {
            using var stream = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
            stream.Write(bytes);
        }
    }

    /// <summary>Makes every entry claim a size in the zip's directory.</summary>
    public static void ClaimSize(string path, uint size) =>
        ChangeDirectory(path, header => BinaryPrimitives.WriteUInt32LittleEndian(header[UncompressedSizeOffset..], size));

    /// <summary>Makes every entry claim to be encrypted.</summary>
    public static void ClaimEncrypted(string path) => ChangeDirectory(path, header => header[FlagsOffset] |= 1);

    /// <summary>Changes one byte of an entry's stored data.</summary>
    public static void Damage(string path, byte[] data)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.AsSpan().IndexOf(data) + (data.Length / 2)] ^= 0xFF;
        File.WriteAllBytes(path, bytes);
    }

    public static byte[] Png(int width, int height, int grey = 77)
    {
        using var image = Image.Black(width, height) + grey;
        using var bytes = image.Cast(Enums.BandFormat.Uchar);
        return bytes.PngsaveBuffer();
    }

    private delegate void Change(Span<byte> header);

    private static void ChangeDirectory(string path, Change change)
    {
        var bytes = File.ReadAllBytes(path);
        for (int i = 0; i + 46 <= bytes.Length; i++)
        {
            if (bytes.AsSpan(i).StartsWith("PK\x1\x2"u8)) change(bytes.AsSpan(i));
        }
        File.WriteAllBytes(path, bytes);
    }
}
