using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.HeadRegion;

namespace Gyrus.Data.Surroundings;

/// <summary>
/// What is not brain, as numbers. First the border: <see cref="Segments"/> means, then as many spreads, of the grey
/// along the image's edge, clockwise from the upper left corner; then the writing: how much of each cell of a grid of
/// <see cref="GridSide"/> by <see cref="GridSide"/> is covered by it, row by row. The head's pixels take no part: a
/// segment that is all head is 0.
/// </summary>
public static class SurroundingsColumns
{
    /// <summary>The parts that the border is cut into: a quarter of them along each side.</summary>
    public const int Segments = 32;

    /// <summary>The cells along a side of the grid.</summary>
    public const int GridSide = 8;

    /// <summary>How many numbers are of the border; they come first.</summary>
    public const int BorderCount = 2 * Segments;

    /// <summary>How many numbers are of the writing.</summary>
    public const int TextCount = GridSide * GridSide;

    /// <summary>How many numbers there are.</summary>
    public const int Count = BorderCount + TextCount;

    // The border is this share of the shorter side deep, and at least this many pixels.
    private const int DepthShare = 64;
    private const int SmallestDepth = 2;

    /// <summary>Computes the numbers.</summary>
    /// <param name="scan">The scan.</param>
    /// <param name="head">Its head; null where none was found.</param>
    /// <param name="map">The map that the writing was found on.</param>
    /// <param name="writing">Positions of writing in the map.</param>
    internal static float[] Of(Scan scan, HeadMask? head, StrokeMap map, IReadOnlyList<int> writing)
    {
        var features = new float[Count];
        Border(scan, head, features);
        float share = (float)(GridSide * GridSide) / map.Strength.Length;
        foreach (int i in writing)
        {
            int column = i % map.Width * GridSide / map.Width, row = i / map.Width * GridSide / map.Height;
            ref float cell = ref features[BorderCount + row * GridSide + column];
            cell = Math.Min(1, cell + share);
        }
        return features;
    }

    private static void Border(Scan scan, HeadMask? head, float[] features)
    {
        int depth = Math.Max(SmallestDepth, Math.Min(scan.Width, scan.Height) / DepthShare);
        const int Side = Segments / 4;
        for (int k = 0; k < Side; k++)
        {
            int left = k * scan.Width / Side, right = (k + 1) * scan.Width / Side;
            int top = k * scan.Height / Side, bottom = (k + 1) * scan.Height / Side;
            Segment(k, left, 0, right, depth);
            Segment(Side + k, scan.Width - depth, top, scan.Width, bottom);
            Segment(3 * Side - 1 - k, left, scan.Height - depth, right, scan.Height);
            Segment(4 * Side - 1 - k, 0, top, depth, bottom);
        }

        void Segment(int segment, int left, int top, int right, int bottom)
        {
            double sum = 0, squares = 0;
            int count = 0;
            for (int y = Math.Max(0, top); y < Math.Min(bottom, scan.Height); y++)
            {
                for (int x = Math.Max(0, left); x < Math.Min(right, scan.Width); x++)
                {
                    int i = y * scan.Width + x;
                    if (head is not null && head.Inside[i]) continue;
                    double grey = (scan.Rgb[3 * i] + scan.Rgb[3 * i + 1] + scan.Rgb[3 * i + 2]) / (3.0 * 255);
                    sum += grey;
                    squares += grey * grey;
                    count++;
                }
            }
            if (count == 0) return;
            double mean = sum / count;
            features[segment] = (float)mean;
            // The spread of numbers from 0 to 1 is at most 0.5.
            features[Segments + segment] = (float)(2 * Math.Sqrt(Math.Max(0, squares / count - mean * mean)));
        }
    }
}
