using System.Buffers.Binary;

namespace Gyrus.Dicom.Tests.Pixels;

/// <summary>Packs a frame of 16-bit samples as PS3.5 annex G says, for tests.</summary>
internal static class PackedRuns
{
    public static byte[] Frame(ushort[] samples)
    {
        byte[] high = Segment([.. samples.Select(sample => (byte)(sample >> 8))]), low = Segment([.. samples.Select(sample => (byte)sample)]);
        var header = new byte[64];
        BinaryPrimitives.WriteInt32LittleEndian(header, 2);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), 64);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), 64 + high.Length);
        return [.. header, .. high, .. low];
    }

    private static byte[] Segment(byte[] bytes)
    {
        List<byte> packed = [];
        for (int at = 0; at < bytes.Length;)
        {
            int run = 1;
            while (at + run < bytes.Length && run < 128 && bytes[at + run] == bytes[at]) run++;
            if (run > 1)
            {
                packed.AddRange([(byte)(257 - run), bytes[at]]);
            }
            else
            {
                while (at + run < bytes.Length && run < 128 && (at + run + 1 >= bytes.Length || bytes[at + run] != bytes[at + run + 1])) run++;
                packed.Add((byte)(run - 1));
                packed.AddRange(bytes[at..(at + run)]);
            }
            at += run;
        }
        if (packed.Count % 2 == 1) packed.Add(128);
        return [.. packed];
    }
}
