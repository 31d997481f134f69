using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.HeadRegion;

namespace Gyrus.Imaging.Acquisition;

/// <summary>A head cut out of its scan and brought to a size that is the same for all, so that what is measured on it is of the head and
/// not of the picture around it.</summary>
/// <param name="Width">Cells across, <see cref="LongSide"/> at most.</param>
/// <param name="Height">Cells down.</param>
/// <param name="Grey">[Height, Width]: the mean grey of the pixels under each cell.</param>
/// <param name="Depth">[Height, Width]: how far in a cell lies, from 0 at the head's edge to 1 where it is deepest; -1 outside it.</param>
/// <param name="MirrorAxis">Twice the column of the head's middle: a column and this less the column are mirror images.</param>
internal sealed record HeadGrid(int Width, int Height, byte[] Grey, float[] Depth, int MirrorAxis)
{
    /// <summary>Cells along the head's longer side: a lesion of a tenth of the head is ten of them across.</summary>
    public const int LongSide = 96;

    // The steps of a chamfer distance (Borgefors, Computer Vision, Graphics, and Image Processing 34, 1986), in thirds of a cell.
    private const int Straight = 3;
    private const int Diagonal = 4;

    /// <summary>Cuts out a head.</summary>
    /// <param name="picture">The whole scan in grey.</param>
    /// <param name="box">Where the head lies.</param>
    /// <param name="inside">[pixels of the scan]: whether a pixel is head; all of the box where null.</param>
    public static HeadGrid Of(byte[] picture, HeadBox box, bool[]? inside)
    {
        double scale = Math.Min(1, (double)LongSide / Math.Max(box.Width, box.Height));
        int width = Math.Max(1, (int)Math.Round(box.Width * scale)), height = Math.Max(1, (int)Math.Round(box.Height * scale));
        var grey = new byte[width * height];
        var head = new bool[width * height];
        var columns = new int[width + 1];
        for (int x = 0; x <= width; x++) columns[x] = box.Left + GreyGrid.Edge(x, box.Width, width);
        for (int y = 0; y < height; y++)
        {
            int top = box.Top + GreyGrid.Edge(y, box.Height, height), bottom = box.Top + GreyGrid.Edge(y + 1, box.Height, height);
            for (int x = 0; x < width; x++)
            {
                int left = columns[x], right = columns[x + 1];
                int sum = 0;
                for (int v = top; v < bottom; v++)
                {
                    foreach (byte pixel in picture.AsSpan((v * box.ScanWidth) + left, right - left)) sum += pixel;
                }
                grey[y * width + x] = (byte)(sum / ((bottom - top) * (right - left)));
                head[y * width + x] = inside is null || inside[(top + bottom) / 2 * box.ScanWidth + (left + right) / 2];
            }
        }
        return new HeadGrid(width, height, grey, Depths(head, width, height), Axis(head, width));
    }

    private static int Axis(bool[] head, int width)
    {
        long sum = 0, count = 0;
        for (int row = 0; row < head.Length; row += width)
        {
            for (int x = 0; x < width; x++)
            {
                if (!head[row + x]) continue;
                sum += x;
                count++;
            }
        }
        return count == 0 ? width - 1 : (int)Math.Round(2.0 * sum / count);
    }

    private static float[] Depths(bool[] head, int width, int height)
    {
        // One cell of background around it, so that a head that fills the picture has an edge too.
        int wide = width + 2;
        var far = new int[wide * (height + 2)];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++) far[(y + 1) * wide + x + 1] = head[y * width + x] ? int.MaxValue / 2 : 0;
        }
        for (int y = 1; y <= height; y++)
        {
            for (int i = y * wide + 1, end = i + width; i < end; i++)
            {
                far[i] = Math.Min(
                    Math.Min(far[i], far[i - 1] + Straight),
                    Math.Min(far[i - wide] + Straight, Math.Min(far[i - wide - 1], far[i - wide + 1]) + Diagonal));
            }
        }
        int deepest = 1;
        for (int y = height; y >= 1; y--)
        {
            for (int i = y * wide + width, end = y * wide; i > end; i--)
            {
                far[i] = Math.Min(
                    Math.Min(far[i], far[i + 1] + Straight),
                    Math.Min(far[i + wide] + Straight, Math.Min(far[i + wide - 1], far[i + wide + 1]) + Diagonal));
                deepest = Math.Max(deepest, far[i]);
            }
        }
        var depth = new float[width * height];
        for (int y = 0; y < height; y++)
        {
            var distances = far.AsSpan(((y + 1) * wide) + 1, width);
            var to = depth.AsSpan(y * width, width);
            for (int x = 0; x < to.Length; x++) to[x] = distances[x] == 0 ? -1 : (float)(distances[x] - 1) / deepest;
        }
        return depth;
    }
}

/// <summary>The least rectangle of a scan that holds its head, in pixels.</summary>
/// <param name="Left">The first column.</param>
/// <param name="Top">The first row.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="ScanWidth">The scan's columns.</param>
/// <param name="ScanHeight">The scan's rows.</param>
internal readonly record struct HeadBox(int Left, int Top, int Width, int Height, int ScanWidth, int ScanHeight)
{
    /// <summary>Finds it; the whole scan where no head was found.</summary>
    public static HeadBox Of(Scan scan, HeadMask? head)
    {
        int left = scan.Width, top = scan.Height, right = 0, bottom = 0;
        for (int y = 0; head is not null && y < scan.Height; y++)
        {
            var row = head.Inside.AsSpan(y * scan.Width, scan.Width);
            int first = row.IndexOf(true);
            if (first < 0) continue;
            (left, right) = (Math.Min(left, first), Math.Max(right, row.LastIndexOf(true) + 1));
            (top, bottom) = (Math.Min(top, y), y + 1);
        }
        return right > left ? new(left, top, right - left, bottom - top, scan.Width, scan.Height)
            : new(0, 0, scan.Width, scan.Height, scan.Width, scan.Height);
    }
}
