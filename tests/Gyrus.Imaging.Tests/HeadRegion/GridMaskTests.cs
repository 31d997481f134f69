using Gyrus.Imaging.HeadRegion;
using Xunit;

namespace Gyrus.Imaging.Tests.HeadRegion;

/// <summary>The operations on masks against their definitions, cell by cell, on drawn masks.</summary>
public sealed class GridMaskTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 60)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Grown_and_shrunk_are_by_chamfer_distance(int seed)
    {
        var random = new Random(seed);
        var mask = Drawn(random);
        double radius = random.Next(0, 40) / 3.0;
        int limit = (int)(3 * radius);

        Assert.Equal(Cells(mask, (x, y) => Near(mask, x, y, limit, wanted: true, beyond: false)), mask.Grown(radius).Set);
        Assert.Equal(Cells(mask, (x, y) => !Near(mask, x, y, limit, wanted: false, beyond: true)), mask.Shrunk(radius, beyond: false).Set);
        Assert.Equal(Cells(mask, (x, y) => !Near(mask, x, y, limit, wanted: false, beyond: false)), mask.Shrunk(radius, beyond: true).Set);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Filled_has_every_cell_from_which_no_way_leads_to_the_edge(int seed)
    {
        var mask = Drawn(new Random(seed));
        var outside = Cells(mask, (x, y) => !mask.Set[(y * mask.Width) + x] && (x == 0 || y == 0 || x == mask.Width - 1 || y == mask.Height - 1));
        for (bool changed = true; changed;)
        {
            changed = false;
            for (int i = 0; i < outside.Length; i++)
            {
                if (outside[i] || mask.Set[i]) continue;
                int x = i % mask.Width;
                bool reached = (x > 0 && outside[i - 1]) || (x < mask.Width - 1 && outside[i + 1])
                    || (i >= mask.Width && outside[i - mask.Width]) || (i + mask.Width < outside.Length && outside[i + mask.Width]);
                changed |= outside[i] = reached;
            }
        }

        Assert.Equal(outside.Select(out1 => !out1), mask.Filled().Set);
    }

    // Of any size about the 64 cells of a word, from hardly a cell to nearly all.
    private static GridMask Drawn(Random random)
    {
        int width = random.Next(1, 140), height = random.Next(1, 30);
        double share = Math.Pow(random.NextDouble(), 2);
        if (random.Next(2) == 0) share = 1 - share;
        return new GridMask(width, height, [.. Enumerable.Range(0, width * height).Select(_ => random.NextDouble() < share)]);
    }

    private static bool[] Cells(GridMask mask, Func<int, int, bool> of) => [.. Enumerable.Range(0, mask.Set.Length).Select(i => of(i % mask.Width, i / mask.Width))];

    private static bool Near(GridMask mask, int x, int y, int limit, bool wanted, bool beyond)
    {
        int rows = limit / 3;
        for (int v = y - rows; v <= y + rows; v++)
        {
            for (int u = x - rows; u <= x + rows; u++)
            {
                int across = Math.Abs(u - x), down = Math.Abs(v - y);
                if ((3 * Math.Max(across, down)) + Math.Min(across, down) > limit) continue;
                bool isInside = u >= 0 && u < mask.Width && v >= 0 && v < mask.Height;
                if (isInside ? mask.Set[(v * mask.Width) + u] == wanted : beyond) return true;
            }
        }
        return false;
    }
}
