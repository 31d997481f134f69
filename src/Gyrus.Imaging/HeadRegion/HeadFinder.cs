using Gyrus.Imaging.Decoding;

namespace Gyrus.Imaging.HeadRegion;

/// <summary>
/// Finds the head on a scan: what differs from the background, without what is too thin to be a head (writing, a ruler,
/// the curve of a head holder), closed and filled, with a margin. Looks at a small grey picture, so that it is fast;
/// lengths below are in its cells, about 128 along the scan's long side.
/// </summary>
public static class HeadFinder
{
    private const int LongSide = 128;

    // Writing is solid in a few scattered cells at most; skin is solid in long arcs.
    private const int SmallestSolidPart = 14;
    private const double SolidReach = 2;

    // Bridges the cracks in skin and skull.
    private const double Gap = 4;

    // Head holders are thinner than twice this.
    private const double Thin = 3.5;

    // A part of the head that is cut off by air, such as the face on a slice beside the middle, has at least this
    // share of the head.
    private const double PartShare = 0.02;

    // How far thin parts of the head, such as an ear, are followed.
    private const double Reach = 10;

    // Dents of the outline that are narrower than twice this belong to the head.
    private const double Dent = 10;
    private const double Margin = 2;

    // Dim skin runs along the head this far from it, farther where it is a thin line; writing soon leads away.
    private const double SkinGap = 6;
    private const double SkinReach = 11;
    private const double SkinThickness = 2.2;
    private const int SmallestSkinPart = 10;

    private const double SmallestShare = 0.02;

    // A head that covers more of the image may be a frame around the true background.
    private const double FrameShare = 0.9;
    private const int FrameInset = 4;

    /// <summary>Finds the head. Safe to call from many threads at once; one to two milliseconds on 320 x 320
    /// pixels.</summary>
    /// <returns>The head, or null where nothing on the image is large enough to be one.</returns>
    public static HeadMask? Find(Scan scan)
    {
        ArgumentNullException.ThrowIfNull(scan);
        var grid = GreyGrid.From(scan, LongSide);
        var head = Find(grid, 0);
        if (head is null || Share(head) > FrameShare)
        {
            var inFrame = Find(grid, FrameInset);
            if (inFrame is not null && Share(inFrame) <= FrameShare) head = inFrame;
        }
        return head is null ? null : Enlarged(head, scan.Width, scan.Height);
    }

    /// <summary>Finds the head on the small picture.</summary>
    /// <param name="grid">The picture.</param>
    /// <param name="frame">The width of a frame around the image that is not looked at; a head that reaches it is taken
    /// to go on to the edge.</param>
    private static GridMask? Find(GreyGrid grid, int frame)
    {
        if (HeadForeground.Find(grid, frame) is not var (seen, solid, unseen)) return null;
        var tissue = solid.Where(part => part.Length >= SmallestSolidPart).Grown(SolidReach).And(seen);
        var body = tissue.Closed(Gap).Filled().Opened(Thin);
        var parts = body.Parts();
        int largest = parts.Count == 0 ? 0 : parts.Max(part => part.Length);
        if (largest < SmallestShare * grid.Mean.Length) return null;
        body = body.Of(parts.Where(part => part.Length >= PartShare * largest));
        var thin = body.Grown(Reach).And(tissue);
        var head = body.ClosedAtEdges().Or(thin).Closed(Dent).Filled();
        var skin = Skin(seen, head);
        if (skin.Count > 0) head = head.Or(skin).Closed(SkinGap).Filled();
        return frame == 0 ? head.Grown(Margin) : head.Grown(Margin).Or(head.Grown(frame + Margin).And(unseen));
    }

    /// <summary>Skin that the dark fat below it, or the dark skull of an MRI, parts from the rest.</summary>
    private static GridMask Skin(GridMask seen, GridMask head)
    {
        var near = head.Grown(SkinGap);
        var reached = head.Grown(SkinReach);
        return seen.And(head.Complement()).Where(part => part.Length >= SmallestSkinPart && IsSkin(part));

        bool IsSkin(int[] part) => Array.TrueForAll(part, i => near.Set[i])
            || (Array.TrueForAll(part, i => reached.Set[i]) && IsThin(part, seen.Width));
    }

    private static bool IsThin(int[] part, int width)
    {
        int across = part.Max(i => i % width) - part.Min(i => i % width);
        int down = part.Max(i => i / width) - part.Min(i => i / width);
        return part.Length <= SkinThickness * Math.Max(across, down);
    }

    private static double Share(GridMask mask) => (double)mask.Count / mask.Set.Length;

    private static HeadMask Enlarged(GridMask small, int width, int height)
    {
        var inside = new bool[width * height];
        for (int y = 0; y < small.Height; y++)
        {
            int top = GreyGrid.Edge(y, height, small.Height), bottom = GreyGrid.Edge(y + 1, height, small.Height);
            var first = inside.AsSpan(top * width, width);
            for (int x = 0; x < small.Width; x++)
            {
                if (!small.Set[y * small.Width + x]) continue;
                int left = GreyGrid.Edge(x, width, small.Width);
                first[left..GreyGrid.Edge(x + 1, width, small.Width)].Fill(true);
            }
            for (int row = top + 1; row < bottom; row++) first.CopyTo(inside.AsSpan(row * width));
        }
        return new HeadMask(width, height, inside);
    }
}
