using System.Globalization;
using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.Grey;
using Gyrus.Models.Trust;

namespace Gyrus.Inference;

/// <summary>Decides whether an image is one that the network can say something about.</summary>
internal static class Acceptance
{
    // A network sees no more of a smaller image than blocks.
    internal const int LeastSide = 48;

    /// <summary>Judges the image itself, before the network sees it.</summary>
    /// <param name="scan">The image.</param>
    /// <param name="isHead">Whether a head was found on it.</param>
    /// <returns>Why it is refused, as a sentence; null where nothing speaks against it.</returns>
    public static string? Judge(Scan scan, bool isHead)
    {
        if (Math.Min(scan.Width, scan.Height) < LeastSide)
            return $"The image is {scan.Width} x {scan.Height} pixels: too small to tell a head from anything else.";
        if (ImageColours.Chroma(scan) > ImageColours.MostChroma) return "The image is in colour, as photographs are and scans are not.";
        return isHead ? null : "No head was found on the image.";
    }

    /// <summary>Judges what the network makes of the image.</summary>
    /// <param name="novelty">The network's novelty.</param>
    /// <param name="settings">The limit.</param>
    /// <returns>As above.</returns>
    public static string? Judge(double novelty, AbstentionSettings settings) =>
        novelty <= settings.NoveltyLimit ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"The image is unlike the head scans that the model knows (novelty {novelty:0.0}, limit {settings.NoveltyLimit:0.0}).");
}
