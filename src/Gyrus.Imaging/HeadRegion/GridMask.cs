namespace Gyrus.Imaging.HeadRegion;

/// <summary>A set of cells of a grid, and the few operations of mathematical morphology on it. Distances are chamfer
/// distances with the steps 3 and 4, divided by 3 (Borgefors, 1986): at most 8 % off the Euclidean ones.</summary>
/// <param name="Width">Cells across.</param>
/// <param name="Height">Cells down.</param>
/// <param name="Set">[Height, Width]: whether the cell is in the set.</param>
internal sealed record GridMask(int Width, int Height, bool[] Set)
{
    private const int Straight = 3;
    private const int Diagonal = 4;
    private const ushort Far = ushort.MaxValue - Diagonal;

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

    /// <summary>The set without what a disc of the radius does not fit in. Discs may reach over the grid's
    /// edge.</summary>
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
        // A rim of one cell saves the tests at the edge.
        int stride = Width + 2;
        var open = new bool[stride * (Height + 2)];
        for (int y = 0; y < Height; y++) Set.AsSpan(y * Width, Width).CopyTo(open.AsSpan((y + 1) * stride + 1));
        ReadOnlySpan<int> steps = [-stride - 1, -stride, -stride + 1, -1, 1, stride - 1, stride, stride + 1];
        var parts = new List<List<int>>();
        for (int start = 0; start < open.Length; start++)
        {
            if (!open[start]) continue;
            open[start] = false;
            var part = new List<int> { start };
            for (int k = 0; k < part.Count; k++)
            {
                foreach (int step in steps)
                {
                    int next = part[k] + step;
                    if (!open[next]) continue;
                    open[next] = false;
                    part.Add(next);
                }
            }
            for (int k = 0; k < part.Count; k++) part[k] = (part[k] / stride - 1) * Width + part[k] % stride - 1;
            parts.Add(part);
        }
        return parts;
    }

    /// <summary>The parts that a condition holds for.</summary>
    public GridMask Where(Func<List<int>, bool> condition) => Of(Parts().Where(condition));

    /// <summary>The cells of parts, on a grid of this one's size.</summary>
    public GridMask Of(IEnumerable<List<int>> parts)
    {
        var set = new bool[Set.Length];
        foreach (var part in parts)
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

    private GridMask Near(ushort[] distances, double radius)
    {
        int limit = (int)(Straight * radius), stride = Width + 2;
        var set = new bool[Set.Length];
        for (int y = 0; y < Height; y++)
        {
            var row = distances.AsSpan((y + 1) * stride + 1, Width);
            var to = set.AsSpan(y * Width, Width);
            for (int x = 0; x < row.Length; x++) to[x] = row[x] <= limit;
        }
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

    /// <summary>Distances to the cells that are in the set, or to those that are not.</summary>
    /// <returns>[Height + 2, Width + 2], in thirds of a cell: a rim of one cell saves the tests at the edge.</returns>
    private ushort[] DistanceTo(bool wanted, bool beyond)
    {
        int stride = Width + 2;
        var distances = new ushort[stride * (Height + 2)];
        Array.Fill(distances, beyond ? (ushort)0 : Far);
        for (int y = 0; y < Height; y++)
        {
            var row = Set.AsSpan(y * Width, Width);
            var to = distances.AsSpan((y + 1) * stride + 1, Width);
            for (int x = 0; x < row.Length; x++) to[x] = row[x] == wanted ? (ushort)0 : Far;
        }
        for (int y = 1; y <= Height; y++)
        {
            var above = distances.AsSpan((y - 1) * stride, stride);
            var row = distances.AsSpan(y * stride, stride);
            for (int x = 1; x < row.Length - 1; x++)
            {
                int straight = Math.Min(row[x - 1], above[x]) + Straight;
                int diagonal = Math.Min(above[x - 1], above[x + 1]) + Diagonal;
                row[x] = (ushort)Math.Min(row[x], Math.Min(straight, diagonal));
            }
        }
        for (int y = Height; y >= 1; y--)
        {
            var below = distances.AsSpan((y + 1) * stride, stride);
            var row = distances.AsSpan(y * stride, stride);
            for (int x = row.Length - 2; x >= 1; x--)
            {
                int straight = Math.Min(row[x + 1], below[x]) + Straight;
                int diagonal = Math.Min(below[x - 1], below[x + 1]) + Diagonal;
                row[x] = (ushort)Math.Min(row[x], Math.Min(straight, diagonal));
            }
        }
        return distances;
    }

    private static void FillSide(bool[] cells, int start, int step, int count)
    {
        int first = 0, last = count - 1;
        while (first < count && !cells[start + first * step]) first++;
        while (last > first && !cells[start + last * step]) last--;
        for (int k = first; k <= last && k < count; k++) cells[start + k * step] = true;
    }
}
