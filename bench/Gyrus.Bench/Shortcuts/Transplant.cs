using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.Grey;
using Gyrus.Imaging.HeadRegion;
using NetVips;

namespace Gyrus.Bench.Shortcuts;

/// <summary>Real writing, with all else that is outside a head, for other images.</summary>
internal static class Transplant
{
    // Brighter surroundings would not bring writing but another background.
    private const int DarkFrom = 48;

    /// <summary>What is outside the head, grey; 0 inside it. Null where no head is found or the background is not dark.</summary>
    public static GreyPicture? Surroundings(Scan scan)
    {
        if (HeadFinder.Find(scan) is not { } head || WritingRemoval.Background(scan, head.Inside) >= DarkFrom) return null;
        return GreyPicture.Of(HeadBlanking.Apply(scan, head with { Inside = [.. head.Inside.Select(inside => !inside)] }));
    }

    /// <summary>Lays surroundings over a scan by the maximum, stretched to its size. The head keeps its pixels: nothing
    /// but what is around it changes.</summary>
    public static Scan Onto(Scan scan, HeadMask head, GreyPicture surroundings)
    {
        using var image = Image.NewFromMemory(
            surroundings.Pixels, surroundings.Width, surroundings.Height, 1, Enums.BandFormat.Uchar);
        using var stretched = image.ThumbnailImage(scan.Width, scan.Height, size: Enums.Size.Force);
        var grey = stretched.WriteToMemory<byte>();
        var rgb = (byte[])scan.Rgb.Clone();
        for (int i = 0; i < grey.Length; i++)
        {
            if (head.Inside[i]) continue;
            foreach (ref byte value in rgb.AsSpan(3 * i, 3)) value = Math.Max(value, grey[i]);
        }
        return scan with { Rgb = rgb };
    }
}
