using Gyrus.Imaging.Grey;

namespace Gyrus.Data.Copies;

/// <summary>A disc on a picture, in its pixels: what a signature looks at.</summary>
/// <param name="X">Centre across.</param>
/// <param name="Y">Centre down.</param>
/// <param name="Radius">Radius.</param>
internal readonly record struct CopyFrame(double X, double Y, double Radius)
{
    /// <summary>Of half the side of the square that is as large as the picture or its content.</summary>
    private const double Reach = 0.85;

    /// <summary>How far a pixel may be from its line's median for the line to be a plain margin.</summary>
    private const int PlainRange = 24;

    /// <summary>Share of the pixels of a plain line that may be further from its median.</summary>
    private const double PlainExceptions = 0.04;

    /// <summary>A margin may lie on a margin: white around black.</summary>
    private const int MarginLayers = 3;

    /// <summary>Share of a side below which what is left is no content, but the picture of a small thing.</summary>
    private const double LeastContent = 0.3;

    /// <summary>
    /// Where to look for copies that were cropped, in the radius of the frame: a crop at one side moves the centre, at
    /// all sides it shrinks the frame. The larger picture is looked at so; the cropped one as it is.
    /// </summary>
    public static readonly (double Scale, double X, double Y)[] Probes =
    [
        (1, 0, 0), (0.95, 0, 0), (0.9, 0, 0), (0.85, 0, 0),
        (0.96, 0.07, 0), (0.96, -0.07, 0), (0.96, 0, 0.07), (0.96, 0, -0.07),
        (0.91, 0.07, 0.07), (0.91, 0.07, -0.07), (0.91, -0.07, 0.07), (0.91, -0.07, -0.07),
    ];

    /// <summary>The frame as a probe has it.</summary>
    public CopyFrame Probe((double Scale, double X, double Y) probe) =>
        new(X + (probe.X * Radius), Y + (probe.Y * Radius), Radius * probe.Scale);

    /// <summary>The frame on a picture of half the size.</summary>
    public CopyFrame Halved() => new((X / 2) - 0.25, (Y / 2) - 0.25, Radius / 2);

    /// <summary>The frame of the whole picture.</summary>
    public static CopyFrame Whole(GreyPicture picture) => Around(0, 0, picture.Width - 1, picture.Height - 1);

    /// <summary>The frame of what is left without plain margins.</summary>
    public static CopyFrame Content(GreyPicture picture)
    {
        int left = 0, top = 0, right = picture.Width - 1, bottom = picture.Height - 1;
        for (int layer = 0; layer < MarginLayers; layer++)
        {
            var before = (left, top, right, bottom);
            int level = Median(picture, left, top, left, bottom);
            while (left < right && IsPlain(picture, left, top, left, bottom, level)) left++;
            level = Median(picture, right, top, right, bottom);
            while (right > left && IsPlain(picture, right, top, right, bottom, level)) right--;
            level = Median(picture, left, top, right, top);
            while (top < bottom && IsPlain(picture, left, top, right, top, level)) top++;
            level = Median(picture, left, bottom, right, bottom);
            while (bottom > top && IsPlain(picture, left, bottom, right, bottom, level)) bottom--;
            if (before == (left, top, right, bottom)) break;
        }
        return right - left < LeastContent * picture.Width || bottom - top < LeastContent * picture.Height
            ? Whole(picture)
            : Around(left, top, right, bottom);
    }

    private static CopyFrame Around(int left, int top, int right, int bottom) => new(
        (left + right) / 2.0, (top + bottom) / 2.0, Reach * Math.Sqrt((right - left + 1.0) * (bottom - top + 1)) / 2);

    private static bool IsPlain(GreyPicture picture, int left, int top, int right, int bottom, int level)
    {
        int exceptions = 0, all = (right - left + 1) * (bottom - top + 1);
        for (int y = top; y <= bottom; y++)
        {
            for (int x = left; x <= right; x++)
            {
                if (Math.Abs(picture.Pixels[(y * picture.Width) + x] - level) > PlainRange) exceptions++;
            }
        }
        return exceptions <= PlainExceptions * all;
    }

    private static int Median(GreyPicture picture, int left, int top, int right, int bottom)
    {
        Span<int> counts = stackalloc int[256];
        counts.Clear();
        for (int y = top; y <= bottom; y++)
        {
            for (int x = left; x <= right; x++) counts[picture.Pixels[(y * picture.Width) + x]]++;
        }
        int below = 0, level = 0, half = (right - left + 1) * (bottom - top + 1) / 2;
        while ((below += counts[level]) <= half) level++;
        return level;
    }
}
