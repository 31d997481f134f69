namespace Gyrus.Imaging.Acquisition;

/// <summary>How often each grey occurs, for quantiles without sorting.</summary>
internal sealed class GreyCounts(int levels = 256)
{
    private readonly int[] counts = new int[levels];

    /// <summary>How many greys were counted.</summary>
    public int Total { get; private set; }

    /// <summary>Counts a grey.</summary>
    public void Add(int grey)
    {
        counts[Math.Min(grey, counts.Length - 1)]++;
        Total++;
    }

    /// <summary>The grey below which a share of them lies; 0 where none was counted.</summary>
    public float Quantile(double share)
    {
        double wanted = share * Total, below = 0;
        for (int grey = 0; grey < counts.Length; grey++)
        {
            if (counts[grey] == 0) continue;
            // Spread over its width, so that a quantile does not jump from one grey to the next.
            if (below + counts[grey] >= wanted) return (float)(grey + (wanted - below) / counts[grey]);
            below += counts[grey];
        }
        return 0;
    }

    /// <summary>The mean of a share of them, the darkest; 0 where none was counted.</summary>
    public float MeanBelow(double share)
    {
        double wanted = share * Total, below = 0, sum = 0;
        for (int grey = 0; grey < counts.Length && below < wanted; grey++)
        {
            double taken = Math.Min(counts[grey], wanted - below);
            sum += taken * grey;
            below += taken;
        }
        return below > 0 ? (float)(sum / below) : 0;
    }

    /// <summary>The share of them from one grey up to another, 0 to 1.</summary>
    public float Share(double from, double to)
    {
        int sum = 0;
        for (int grey = Math.Max(0, (int)Math.Ceiling(from)); grey < counts.Length && grey <= to; grey++) sum += counts[grey];
        return Total == 0 ? 0 : (float)sum / Total;
    }
}
