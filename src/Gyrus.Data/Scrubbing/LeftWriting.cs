using Gyrus.Data.Surroundings;
using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.HeadRegion;

namespace Gyrus.Data.Scrubbing;

/// <summary>Looks for writing that is still there where all around the head was blanked.</summary>
internal static class LeftWriting
{
    // A stroke that begins this close to the head may go on into it, in pixels of the map of strokes.
    private const int Touching = 6;

    /// <summary>Whether writing runs into the head, or looks like writing in the copy too.</summary>
    /// <param name="scan">The scan as it was.</param>
    /// <param name="head">Its head.</param>
    /// <param name="copy">The scan with nothing but the head.</param>
    public static bool Is(Scan scan, HeadMask head, Scan copy)
    {
        if (SurroundingsExaminer.Examine(copy).BurnedInText) return true;
        var map = StrokeMap.From(scan, head);
        return WritingFinder.Readable(map).Exists(i =>
        {
            int x = i % map.Width * map.Scale, y = i / map.Width * map.Scale, reach = Touching * map.Scale;
            return Inside(x - reach, y) || Inside(x + reach, y) || Inside(x, y - reach) || Inside(x, y + reach);
        });

        bool Inside(int x, int y) =>
            x >= 0 && y >= 0 && x < head.Width && y < head.Height && head.Inside[y * head.Width + x];
    }
}
