namespace Gyrus.Imaging.HeadRegion;

/// <summary>Tells what is on a scan from its background.</summary>
internal static class HeadForeground
{
    private const int FlatRange = 12;
    private const int LeastContrast = 10;
    private const int SmallestSide = 8;
    private const double LeastShare = 0.35;
    private const double SeenShare = 0.12;
    private const double SolidShare = 0.25;

    /// <summary>The cells that differ from the background; null on a blank image.</summary>
    /// <param name="grid">The picture.</param>
    /// <param name="frame">The width of a frame along the border that counts as background, in cells.</param>
    public static Foreground? Find(GreyGrid grid, int frame)
    {
        var (left, top, right, bottom) = WithoutFlatMargins(grid);
        var unseen = Rectangle(grid, left, top, right, bottom);
        (left, top, right, bottom) = (left + frame, top + frame, right - frame, bottom - frame);
        unseen = unseen.And(Rectangle(grid, left, top, right, bottom).Complement());
        if (right - left < SmallestSide || bottom - top < SmallestSide) return null;
        int background = Background(grid, left, top, right, bottom);
        int contrast = Contrast(grid, left, top, right, bottom, background);
        int seenFrom = Math.Max(LeastContrast, (int)(SeenShare * contrast));
        int solidFrom = Math.Max(LeastContrast, (int)(SolidShare * contrast));
        var seen = new bool[grid.Mean.Length];
        var solid = new bool[grid.Mean.Length];
        for (int y = top; y < bottom; y++)
        {
            for (int i = y * grid.Width + left, end = y * grid.Width + right; i < end; i++)
            {
                seen[i] = Math.Abs(grid.Mean[i] - background) > seenFrom;
                solid[i] = grid.Darkest[i] - background > solidFrom || background - grid.Brightest[i] > solidFrom;
            }
        }
        return new Foreground(
            new GridMask(grid.Width, grid.Height, seen), new GridMask(grid.Width, grid.Height, solid), unseen);
    }

    private static GridMask Rectangle(GreyGrid grid, int left, int top, int right, int bottom)
    {
        var set = new bool[grid.Mean.Length];
        for (int y = top; y < bottom; y++) set.AsSpan(y * grid.Width + left, Math.Max(0, right - left)).Fill(true);
        return new GridMask(grid.Width, grid.Height, set);
    }

    /// <summary>The rectangle without the rows and columns at its sides that are of one brightness.</summary>
    private static (int Left, int Top, int Right, int Bottom) WithoutFlatMargins(GreyGrid grid)
    {
        int left = 0, top = 0, right = grid.Width, bottom = grid.Height;
        bool Flat(int start, int step, int count)
        {
            int low = 255, high = 0;
            for (int k = 0; k < count; k++)
            {
                int cell = grid.Mean[start + k * step];
                low = Math.Min(low, cell);
                high = Math.Max(high, cell);
            }
            return high - low <= FlatRange;
        }
        bool trimmed = true;
        while (trimmed && right > left && bottom > top)
        {
            trimmed = true;
            int across = right - left, down = bottom - top;
            if (Flat(top * grid.Width + left, 1, across)) top++;
            else if (Flat((bottom - 1) * grid.Width + left, 1, across)) bottom--;
            else if (Flat(top * grid.Width + left, grid.Width, down)) left++;
            else if (Flat(top * grid.Width + right - 1, grid.Width, down)) right--;
            else trimmed = false;
        }
        return (left, top, right, bottom);
    }

    /// <summary>The most frequent brightness around the rectangle: on the image's own border where nothing was
    /// trimmed. Where none is frequent the head is cut off all around, and the darkest stands for the background.</summary>
    private static int Background(GreyGrid grid, int left, int top, int right, int bottom)
    {
        var counts = new int[256];
        for (int x = left; x < right; x++)
        {
            counts[grid.Mean[top * grid.Width + x]]++;
            counts[grid.Mean[(bottom - 1) * grid.Width + x]]++;
        }
        for (int y = top; y < bottom; y++)
        {
            counts[grid.Mean[y * grid.Width + left]]++;
            counts[grid.Mean[y * grid.Width + right - 1]]++;
        }
        int best = 0, bestSum = -1;
        for (int level = 0; level < 256; level++)
        {
            int sum = 0;
            for (int k = Math.Max(0, level - 4); k <= Math.Min(255, level + 4); k++) sum += counts[k];
            if (sum > bestSum) (best, bestSum) = (level, sum);
        }
        int total = counts.Sum();
        return bestSum >= LeastShare * total ? best : Darkest(counts, total);
    }

    /// <summary>The brightness that one in twenty is darker than.</summary>
    private static int Darkest(int[] counts, int total)
    {
        int level = 0;
        for (int below = counts[0]; 20 * below < total; below += counts[++level])
        {
        }
        return level;
    }

    /// <summary>How far the middle between background and head is from the background: Otsu's threshold.</summary>
    private static int Contrast(GreyGrid grid, int left, int top, int right, int bottom, int background)
    {
        var counts = new int[256];
        for (int y = top; y < bottom; y++)
        {
            for (int x = left; x < right; x++) counts[Math.Abs(grid.Mean[y * grid.Width + x] - background)]++;
        }
        return Otsu(counts);
    }

    /// <summary>The threshold that parts a histogram into the two classes that differ most (Otsu, 1979).</summary>
    private static int Otsu(int[] counts)
    {
        long total = 0, weighted = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            total += counts[i];
            weighted += (long)i * counts[i];
        }
        long below = 0, sum = 0;
        double best = -1;
        int threshold = 0;
        for (int i = 0; i < counts.Length - 1; i++)
        {
            below += counts[i];
            sum += (long)i * counts[i];
            if (below == 0 || below == total) continue;
            double difference = (double)sum / below - (double)(weighted - sum) / (total - below);
            double between = (double)below * (total - below) * difference * difference;
            if (between > best) (best, threshold) = (between, i);
        }
        return threshold;
    }
}
