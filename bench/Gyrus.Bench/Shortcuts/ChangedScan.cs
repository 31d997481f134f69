using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.Encoders;
using Gyrus.Imaging.HeadRegion;

namespace Gyrus.Bench.Shortcuts;

/// <summary>An image before and after a change around its head.</summary>
/// <param name="Kind">The change.</param>
/// <param name="Path">The image.</param>
/// <param name="Sha256">Of its file.</param>
/// <param name="ChangedPath">The changed copy.</param>
/// <param name="SameFraming">Whether a model that sees the head alone sees the same bits.</param>
/// <param name="HeadOverlap">The heads found before and after: their intersection over their union.</param>
internal sealed record ChangedScan(
    string Kind, string Path, string Sha256, string ChangedPath, bool SameFraming, double HeadOverlap)
{
    /// <summary>Writes the changed copy into a folder.</summary>
    public static ChangedScan Write(string kind, string path, string sha256, Scan before, Scan after, string folder)
    {
        var to = System.IO.Path.Combine(folder, $"{kind.Replace(' ', '-')}-{sha256}.png");
        File.WriteAllBytes(to, PngEncoder.Encode(after, compression: 1));
        var (framedBefore, framedAfter) = (HeadFraming.Apply(before), HeadFraming.Apply(after));
        bool same = framedBefore.Scan.Width == framedAfter.Scan.Width
            && framedBefore.Scan.Rgb.AsSpan().SequenceEqual(framedAfter.Scan.Rgb);
        return new ChangedScan(kind, path, sha256, to, same, Overlap(before, after));
    }

    private static double Overlap(Scan before, Scan after)
    {
        if (HeadFinder.Find(before) is not { } first || HeadFinder.Find(after) is not { } second) return 0;
        var pairs = first.Inside.Zip(second.Inside).ToList();
        return (double)pairs.Count(pair => pair.First && pair.Second) / pairs.Count(pair => pair.First || pair.Second);
    }

    /// <summary>Both side by side as PNG, before on the left.</summary>
    public byte[] SideBySide()
    {
        var (before, after) = (ScanDecoder.Read(Path), ScanDecoder.Read(ChangedPath));
        int width = before.Width;
        var rgb = new byte[2 * before.Rgb.Length];
        for (int y = 0; y < before.Height; y++)
        {
            before.Rgb.AsSpan(3 * y * width, 3 * width).CopyTo(rgb.AsSpan(6 * y * width));
            after.Rgb.AsSpan(3 * y * width, 3 * width).CopyTo(rgb.AsSpan((6 * y * width) + (3 * width)));
        }
        return PngEncoder.Encode(before with { Width = 2 * width, Rgb = rgb });
    }
}
