using Gyrus.Data.Surroundings;
using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.Grey;
using Gyrus.Imaging.HeadRegion;

namespace Gyrus.Bench.Shortcuts;

/// <summary>Takes writing off a scan as the audit finds it.</summary>
internal static class WritingRemoval
{
    /// <summary>A copy on which the writing's pixels, outside the head, have the background's grey.</summary>
    public static Scan Apply(Scan scan, HeadMask head)
    {
        var map = StrokeMap.From(scan, head);
        var writing = new bool[scan.Width * scan.Height];
        foreach (int i in WritingFinder.All(map).Concat(WritingFinder.Readable(map)))
        {
            int left = i % map.Width * map.Scale, top = i / map.Width * map.Scale;
            for (int y = top; y < top + map.Scale; y++) writing.AsSpan((y * scan.Width) + left, map.Scale).Fill(true);
        }
        byte background = Background(scan, [.. head.Inside.Zip(writing, (inside, written) => inside || written)]);
        var rgb = (byte[])scan.Rgb.Clone();
        for (int i = 0; i < writing.Length; i++)
        {
            if (writing[i] && !head.Inside[i]) rgb.AsSpan(3 * i, 3).Fill(background);
        }
        return scan with { Rgb = rgb };
    }

    /// <summary>The median grey of the pixels that are not hidden; 0 where all are.</summary>
    public static byte Background(Scan scan, bool[] hidden)
    {
        var seen = GreyPicture.Of(scan).Pixels.Where((_, i) => !hidden[i]).Order().ToArray();
        return seen.Length == 0 ? (byte)0 : seen[seen.Length / 2];
    }
}
