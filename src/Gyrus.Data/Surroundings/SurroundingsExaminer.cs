using Gyrus.Imaging;

namespace Gyrus.Data;

/// <summary>Looks at what is around the head.</summary>
public static class SurroundingsExaminer
{
    /// <summary>Examines a scan. Safe to call from many threads at once.</summary>
    public static SurroundingsFacts Examine(Scan scan)
    {
        ArgumentNullException.ThrowIfNull(scan);
        return new SurroundingsFacts(false, 0, false, []);
    }
}
