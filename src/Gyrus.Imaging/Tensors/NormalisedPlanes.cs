using System.Runtime.Intrinsics;

namespace Gyrus.Imaging.Tensors;

/// <summary>Where a resampler puts its pixels: each is scaled, x / divisor - shift, and split in channels.</summary>
internal readonly ref struct NormalisedPlanes(
    Span<float> red, Span<float> green, Span<float> blue, Vector128<float> divisor, Vector128<float> shift)
{
    private readonly Span<float> red = red;
    private readonly Span<float> green = green;
    private readonly Span<float> blue = blue;

    /// <summary>Takes a pixel.</summary>
    /// <param name="index">Its place: y * size + x.</param>
    /// <param name="rgb">Red, green, blue, each 0 to 255, and a fourth value that is ignored.</param>
    public void Set(int index, Vector128<float> rgb)
    {
        var scaled = rgb / divisor - shift;
        red[index] = scaled.GetElement(0);
        green[index] = scaled.GetElement(1);
        blue[index] = scaled.GetElement(2);
    }
}
