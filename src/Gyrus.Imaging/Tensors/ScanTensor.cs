namespace Gyrus.Imaging;

/// <summary>Turns a scan into a network's input.</summary>
public static class ScanTensor
{
    /// <summary>Resamples and normalises a scan into a tensor.</summary>
    /// <param name="scan">The scan.</param>
    /// <param name="preprocessing">Size, kernel and scaling.</param>
    /// <param name="destination">Takes the tensor, [3, Size, Size], channel by channel.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is not of
    /// <see cref="Preprocessing.Length"/>.</exception>
    public static void Write(Scan scan, Preprocessing preprocessing, Span<float> destination)
    {
        throw new NotSupportedException("being written");
    }
}
