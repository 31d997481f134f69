using System.Diagnostics;

namespace Gyrus.Bench.Classify;

/// <summary>One turn of a way to classify images.</summary>
/// <param name="Rate">Images a second.</param>
/// <param name="Cpu">Milliseconds of processor time an image, which other programs on the machine disturb less.</param>
internal sealed record Turn(double Rate, double Cpu)
{
    public static Turn Measure(int images, Action work)
    {
        var before = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        work();
        var time = clock.Elapsed;
        return new Turn(
            images / time.TotalSeconds, (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / images);
    }
}
