namespace Gyrus.Imaging.Acquisition;

/// <summary>The outline of a head: which plane was cut, and whether skull and neck are there.</summary>
internal static class HeadShape
{
    /// <summary>Where widths are measured, from the top of the head to its bottom.</summary>
    private static readonly double[] Heights = [0.1, 0.3, 0.5, 0.7, 0.9];

    /// <summary>The names of the numbers.</summary>
    public static readonly string[] Names =
    [
        "aspect", "extent", "left like right", "top like bottom", .. Heights.Select(height => FormattableString.Invariant($"width {height:0.0}")),
        "cut below", "cut elsewhere",
    ];

    /// <summary>Appends the numbers.</summary>
    public static void Append(HeadGrid head, HeadBox box, List<float> numbers)
    {
        int width = head.Width, height = head.Height, count = 0, sides = 0, ends = 0;
        var rows = new int[height];
        var columns = new int[width];
        for (int i = 0; i < head.Depth.Length; i++)
        {
            if (head.Depth[i] < 0) continue;
            int x = i % width, y = i / width;
            count++;
            rows[y]++;
            columns[x]++;
            if (head.Depth[y * width + width - 1 - x] >= 0) sides++;
            if (head.Depth[(height - 1 - y) * width + x] >= 0) ends++;
        }
        numbers.Add((float)Math.Log2((double)box.Width / box.Height));
        numbers.Add((float)count / head.Depth.Length);
        numbers.Add((float)sides / Math.Max(1, count));
        numbers.Add((float)ends / Math.Max(1, count));
        numbers.AddRange(Heights.Select(at => (float)rows[Math.Min(height - 1, (int)(at * height))] / width));
        bool left = box.Left == 0, top = box.Top == 0, right = box.Left + box.Width == box.ScanWidth, bottom = box.Top + box.Height == box.ScanHeight;
        numbers.Add(bottom ? (float)rows[^1] / width : 0);
        numbers.Add(Math.Max(top ? (float)rows[0] / width : 0, Math.Max(left ? (float)columns[0] / height : 0, right ? (float)columns[^1] / height : 0)));
    }
}
