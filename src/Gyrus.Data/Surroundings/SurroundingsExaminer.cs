using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.HeadRegion;

namespace Gyrus.Data.Surroundings;

/// <summary>Looks at what is around the head.</summary>
public static class SurroundingsExaminer
{
    /// <summary>Examines a scan. Safe to call from many threads at once.</summary>
    public static SurroundingsFacts Examine(Scan scan)
    {
        ArgumentNullException.ThrowIfNull(scan);
        return Examine(scan, HeadFinder.Find(scan));
    }

    /// <summary>Examines a scan whose head was looked for already.</summary>
    internal static SurroundingsFacts Examine(Scan scan, HeadMask? head)
    {
        var map = StrokeMap.From(scan, head);
        bool readable = WritingFinder.Readable(map).Count > 0;
        var writing = WritingFinder.All(map);
        return new SurroundingsFacts(
            head is not null, head?.Share ?? 0, readable, SurroundingsColumns.Of(scan, head, map, writing))
        {
            FaintText = readable || writing.Count > 0,
        };
    }
}
