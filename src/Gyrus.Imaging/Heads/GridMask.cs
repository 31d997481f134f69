namespace Gyrus.Imaging;

/// <summary>A set of cells of a grid, and the few operations of mathematical morphology on it. Distances are chamfer
/// distances with the steps 3 and 4, divided by 3 (Borgefors, 1986): at most 8 % off the Euclidean ones.</summary>
/// <param name="Width">Cells across.</param>
/// <param name="Height">Cells down.</param>
/// <param name="Set">[Height, Width]: whether the cell is in the set.</param>
internal sealed record GridMask(int Width, int Height, bool[] Set)
{
    private const int Straight = 3;
    private const int Diagonal = 4;
    private const int Far = int.MaxValue / 2;

    /// <summary>The number of cells in the set.</summary>
    public int Count => Set.AsSpan().Count(true);

    /// <summary>The cells at most <paramref name="radius"/> away from the set. What is beyond the grid's edge is not in
    /// the set.</summary>
    public GridMask Grown(double radius) => Near(DistanceTo(true, beyond: false), radius);

    /// <summary>The cells more than <paramref name="radius"/> away from what is not in the set.</summary>
    /// <param name="radius">In cells.</param>
    /// <param name="beyond">Whether what is beyond the grid's edge counts as in the set, so that nothing is lost
    /// there.</param>
    public GridMask Shrunk(double radius, bool beyond) => Near(DistanceTo(false, beyond: !beyond), radius).Complement();

    /// <summary>The set without what a disc of the radius does not fit in. Discs may reach over the grid's edge.</summary>
    public GridMask Opened(double radius) => Shrunk(radius, beyond: true).Grown(radius);

    /// <summary>The set with every gap that a disc of the radius does not fit in.</summary>
    public GridMask Closed(double radius)
    {
        // Room for what grows over the edge, so that the edge itself is no wall.
        int room = (int)Math.Ceiling(radius) + 1;
        return Padded(room).Grown(radius).Shrunk(radius, beyond: false).Padded(-room);
    }

    /// <summary>The set with every cell that is cut off from the grid's edge by it.</summary>
    public GridMask Filled()
    {
        var outside = new bool[Set.Length];
        var waiting = new Stack<int>();
        void Visit(int i)
        {
            if (Set[i] || outside[i]) return;
            outside[i] = true;
            waiting.Push(i);
        }
        for (int x = 0; x < Width; x++)
        {
            Visit(x);
            Visit((Height - 1) * Width + x);
        }
        for (int y = 0; y < Height; y++)
        {
            Visit(y * Width);
            Visit(y * Width + Width - 1);
        }
        while (waiting.TryPop(out int i))
        {
            int x = i % Width;
            if (x > 0) Visit(i - 1);
            if (x < Width - 1) Visit(i + 1);
            if (i >= Width) Visit(i - Width);
            if (i < Set.Length - Width) Visit(i + Width);
        }
        return new GridMask(Width, Height, outside).Complement();
    }

    /// <summary>The set with all that lies between its first and its last cell along each side of the grid: what the
    /// grid's edge cuts off has no holes there.</summary>
    public GridMask ClosedAtEdges()
    {
        var set = (bool[])Set.Clone();
        FillSide(set, 0, 1, Width);
        FillSide(set, (Height - 1) * Width, 1, Width);
        FillSide(set, 0, Width, Height);
        FillSide(set, Width - 1, Width, Height);
        return new GridMask(Width, Height, set);
    }

    /// <summary>The parts whose cells touch at their sides or corners: the cells of each.</summary>
    public List<List<int>> Parts()
    {
        var seen = new bool[Set.Length];
        var parts = new List<List<int>>();
        for (int start = 0; start < Set.Length; start++)
        {
            if (!Set[start] || seen[start]) continue;
            seen[start] = true;
            var part = new List<int> { start };
            for (int k = 0; k < part.Count; k++)
            {
                int x = part[k] % Width, y = part[k] / Width;
                for (int v = Math.Max(0, y - 1); v <= Math.Min(Height - 1, y + 1); v++)
                {
                    for (int u = Math.Max(0, x - 1); u <= Math.Min(Width - 1, x + 1); u++)
                    {
                        int next = v * Width + u;
                        if (!Set[next] || seen[next]) continue;
                        seen[next] = true;
                        part.Add(next);
                    }
                }
            }
            parts.Add(part);
        }
        return parts;
    }

    /// <summary>The parts that a condition holds for.</summary>
    public GridMask Where(Func<List<int>, bool> condition)
    {
        var set = new bool[Set.Length];
        foreach (var part in Parts().Where(condition))
        {
            foreach (int i in part) set[i] = true;
        }
        return new GridMask(Width, Height, set);
    }

    /// <summary>The cells that are in both sets.</summary>
    public GridMask And(GridMask other)
    {
        var set = new bool[Set.Length];
        for (int i = 0; i < set.Length; i++) set[i] = Set[i] & other.Set[i];
        return new GridMask(Width, Height, set);
    }

    /// <summary>The cells that are in either set.</summary>
    public GridMask Or(GridMask other)
    {
        var set = new bool[Set.Length];
        for (int i = 0; i < set.Length; i++) set[i] = Set[i] | other.Set[i];
        return new GridMask(Width, Height, set);
    }

    /// <summary>The cells that are not in the set.</summary>
    public GridMask Complement()
    {
        var set = new bool[Set.Length];
        for (int i = 0; i < set.Length; i++) set[i] = !Set[i];
        return new GridMask(Width, Height, set);
    }

    private GridMask Near(int[] distances, double radius)
    {
        int limit = (int)(Straight * radius);
        var set = new bool[Set.Length];
        for (int i = 0; i < set.Length; i++) set[i] = distances[i] <= limit;
        return new GridMask(Width, Height, set);
    }

    private GridMask Padded(int room)
    {
        int width = Width + 2 * room, height = Height + 2 * room;
        var set = new bool[width * height];
        for (int y = Math.Max(0, room); y < Math.Min(height, Height + room); y++)
        {
            if (room >= 0) Set.AsSpan((y - room) * Width, Width).CopyTo(set.AsSpan(y * width + room));
        }
        for (int y = 0; room < 0 && y < height; y++)
            Set.AsSpan((y - room) * Width - room, width).CopyTo(set.AsSpan(y * width));
        return new GridMask(width, height, set);
    }

    private int[] DistanceTo(bool wanted, bool beyond)
    {
        // A rim of one cell saves the tests at the edge.
        int stride = Width + 2;
        var d = new int[stride * (Height + 2)];
        Array.Fill(d, beyond ? 0 : Far);
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++) d[(y + 1) * stride + x + 1] = Set[y * Width + x] == wanted ? 0 : Far;
        }
        for (int y = 1; y <= Height; y++)
        {
            for (int i = y * stride + 1, end = i + Width; i < end; i++)
            {
                if (d[i] == 0) continue;
                int straight = Math.Min(d[i - 1], d[i - stride]), diagonal = Math.Min(d[i - stride - 1], d[i - stride + 1]);
                d[i] = Math.Min(d[i], Math.Min(straight + Straight, diagonal + Diagonal));
            }
        }
        for (int y = Height; y >= 1; y--)
        {
            for (int first = y * stride + 1, i = first + Width - 1; i >= first; i--)
            {
                if (d[i] == 0) continue;
                int straight = Math.Min(d[i + 1], d[i + stride]), diagonal = Math.Min(d[i + stride - 1], d[i + stride + 1]);
                d[i] = Math.Min(d[i], Math.Min(straight + Straight, diagonal + Diagonal));
            }
        }
        var inner = new int[Set.Length];
        for (int y = 0; y < Height; y++) d.AsSpan((y + 1) * stride + 1, Width).CopyTo(inner.AsSpan(y * Width));
        return inner;
    }

    private static void FillSide(bool[] cells, int start, int step, int count)
    {
        int first = 0, last = count - 1;
        while (first < count && !cells[start + first * step]) first++;
        while (last > first && !cells[start + last * step]) last--;
        for (int k = first; k <= last && k < count; k++) cells[start + k * step] = true;
    }
}
