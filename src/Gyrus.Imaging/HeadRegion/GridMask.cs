namespace Gyrus.Imaging.HeadRegion;

/// <summary>A set of cells of a grid, and the few operations of mathematical morphology on it. Distances are chamfer
/// distances with the steps 3 and 4, divided by 3 (Borgefors, 1986): at most 8 % off the Euclidean ones.</summary>
/// <param name="Width">Cells across.</param>
/// <param name="Height">Cells down.</param>
/// <param name="Set">[Height, Width]: whether the cell is in the set.</param>
internal sealed record GridMask(int Width, int Height, bool[] Set)
{
    /// <summary>The number of cells in the set.</summary>
    public int Count => Set.AsSpan().Count(true);

    /// <summary>The cells at most <paramref name="radius"/> away from the set. What is beyond the grid's edge is not in
    /// the set.</summary>
    public GridMask Grown(double radius) => new(Width, Height, ChamferBall.Grow(Set, Width, Height, radius, wanted: true, beyond: false));

    /// <summary>The cells more than <paramref name="radius"/> away from what is not in the set.</summary>
    /// <param name="radius">In cells.</param>
    /// <param name="beyond">Whether what is beyond the grid's edge counts as in the set, so that nothing is lost
    /// there.</param>
    public GridMask Shrunk(double radius, bool beyond) =>
        new GridMask(Width, Height, ChamferBall.Grow(Set, Width, Height, radius, wanted: false, beyond: !beyond)).Complement();

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
        // A rim of one cell, which leads around the grid, and another that bounds it save the tests at the edge.
        int stride = Width + 4;
        var closed = new bool[stride * (Height + 4)];
        closed.AsSpan(0, stride).Fill(true);
        closed.AsSpan(stride * (Height + 3)).Fill(true);
        for (int y = 1; y < Height + 3; y++) closed[y * stride] = closed[(y * stride) + stride - 1] = true;
        for (int y = 0; y < Height; y++) Set.AsSpan(y * Width, Width).CopyTo(closed.AsSpan((y + 2) * stride + 2));
        var waiting = new int[(Width + 2) * (Height + 2)];
        int count = 0;
        void Visit(int i)
        {
            if (closed[i]) return;
            closed[i] = true;
            waiting[count++] = i;
        }
        Visit(stride + 1);
        while (count > 0)
        {
            int i = waiting[--count];
            Visit(i - 1);
            Visit(i + 1);
            Visit(i - stride);
            Visit(i + stride);
        }
        var set = new bool[Set.Length];
        for (int y = 0; y < Height; y++)
        {
            var reached = closed.AsSpan((y + 2) * stride + 2, Width);
            var own = Set.AsSpan(y * Width, Width);
            var to = set.AsSpan(y * Width, Width);
            for (int x = 0; x < to.Length; x++) to[x] = own[x] | !reached[x];
        }
        return new GridMask(Width, Height, set);
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
    public List<int[]> Parts()
    {
        // A rim of one cell saves the tests at the edge.
        int stride = Width + 2;
        var open = new bool[stride * (Height + 2)];
        for (int y = 0; y < Height; y++) Set.AsSpan(y * Width, Width).CopyTo(open.AsSpan((y + 1) * stride + 1));
        ReadOnlySpan<int> steps = [-stride - 1, -stride, -stride + 1, -1, 1, stride - 1, stride, stride + 1];
        var parts = new List<int[]>();
        var cells = new int[Set.Length];
        for (int start = 0; start < open.Length; start++)
        {
            if (!open[start]) continue;
            open[start] = false;
            cells[0] = start;
            int count = 1;
            for (int k = 0; k < count; k++)
            {
                foreach (int step in steps)
                {
                    int next = cells[k] + step;
                    if (!open[next]) continue;
                    open[next] = false;
                    cells[count++] = next;
                }
            }
            int[] part = cells[..count];
            // Without the two cells of the rim that each row above has, and the row of the rim.
            for (int k = 0; k < part.Length; k++) part[k] -= (2 * (part[k] / stride)) + Width + 1;
            parts.Add(part);
        }
        return parts;
    }

    /// <summary>The parts that a condition holds for.</summary>
    public GridMask Where(Func<int[], bool> condition) => Of(Parts().Where(condition));

    /// <summary>The cells of parts, on a grid of this one's size.</summary>
    public GridMask Of(IEnumerable<int[]> parts)
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

    private static void FillSide(bool[] cells, int start, int step, int count)
    {
        int first = 0, last = count - 1;
        while (first < count && !cells[start + first * step]) first++;
        while (last > first && !cells[start + last * step]) last--;
        for (int k = first; k <= last && k < count; k++) cells[start + k * step] = true;
    }
}
