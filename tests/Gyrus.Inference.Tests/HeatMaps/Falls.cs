using System.Globalization;

namespace Gyrus.Inference.Tests.HeatMaps;

/// <summary>How far the probability of a tumour falls when a fifth, say, of a scan is taken away.</summary>
/// <param name="Top">What the map calls most important.</param>
/// <param name="Moved">The same form elsewhere.</param>
/// <param name="Blocks">Squares anywhere.</param>
/// <param name="Scattered">Pixels anywhere.</param>
internal sealed record Falls(double Top, double Moved, double Blocks, double Scattered)
{
    /// <summary>The mean over scans.</summary>
    public static Falls Mean(IReadOnlyCollection<Falls> falls) => new(
        falls.Average(fall => fall.Top), falls.Average(fall => fall.Moved), falls.Average(fall => fall.Blocks),
        falls.Average(fall => fall.Scattered));

    /// <summary>The most that chance took away.</summary>
    public double AtRandom => Math.Max(Moved, Math.Max(Blocks, Scattered));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"top {Top:0.000}, moved {Moved:0.000}, blocks {Blocks:0.000}, scattered {Scattered:0.000}");
}
