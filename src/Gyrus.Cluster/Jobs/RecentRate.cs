namespace Gyrus.Cluster.Jobs;

/// <summary>How many of something there were in the last minute.</summary>
/// <param name="clock">The clock.</param>
internal sealed class RecentRate(TimeProvider clock)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly long _begin = clock.GetTimestamp();
    private readonly Queue<(long Time, int Count)> _recent = new();
    private long _sum;

    /// <summary>As many a second; over the time since the first where that is less than a minute.</summary>
    public double PerSecond
    {
        get
        {
            Forget();
            var seen = clock.GetElapsedTime(_begin);
            return _sum / Math.Max(1, (seen < Window ? seen : Window).TotalSeconds);
        }
    }

    /// <summary>Counts some.</summary>
    public void Add(int count)
    {
        Forget();
        _recent.Enqueue((clock.GetTimestamp(), count));
        _sum += count;
    }

    private void Forget()
    {
        while (_recent.TryPeek(out var oldest) && clock.GetElapsedTime(oldest.Time) > Window)
        {
            _recent.Dequeue();
            _sum -= oldest.Count;
        }
    }
}
