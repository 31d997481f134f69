using System.Buffers.Binary;

namespace Gyrus.Imaging.Decoding;

/// <summary>Tells an animated PNG, which libvips decodes as its first frame without a word.</summary>
internal static class PngAnimation
{
    private const int SignatureLength = 8;

    /// <summary>The number of frames that the <c>acTL</c> chunk states; it stands before the first <c>IDAT</c>
    /// (PNG, third edition, section 11.3.6.1). 1 without such a chunk.</summary>
    public static int Frames(ReadOnlySpan<byte> png)
    {
        var rest = png[SignatureLength..];
        while (rest.Length >= 12)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            var type = rest.Slice(4, 4);
            if (type.SequenceEqual("acTL"u8))
                return (int)Math.Min(int.MaxValue, BinaryPrimitives.ReadUInt32BigEndian(rest[8..]));
            if (type.SequenceEqual("IDAT"u8) || length > rest.Length - 12) break;
            rest = rest[(int)(length + 12)..];
        }
        return 1;
    }
}
