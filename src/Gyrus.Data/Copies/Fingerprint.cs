using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.Grey;

namespace Gyrus.Data.Copies;

/// <summary>What copies of an image are found by: a small grey picture of it.</summary>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
/// <param name="Pixels">[Height, Width], 0 to 255.</param>
public sealed record Fingerprint(int Width, int Height, byte[] Pixels)
{
    /// <summary>Pixels on the longer side. A compressed copy of half the size still has them.</summary>
    public const int LongSide = 128;

    /// <summary>Of an image that was not looked at: like no other.</summary>
    public static Fingerprint Nothing { get; } = new(1, 1, [0]);

    /// <summary>Makes the fingerprint of a scan.</summary>
    public static Fingerprint Of(Scan scan)
    {
        var small = GreyPicture.Of(scan).ScaledTo(LongSide);
        return new Fingerprint(small.Width, small.Height, small.Pixels);
    }

    internal GreyPicture Picture() => new(Width, Height, Pixels);
}
