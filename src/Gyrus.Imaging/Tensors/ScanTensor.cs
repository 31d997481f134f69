using System.Runtime.Intrinsics;

namespace Gyrus.Imaging;

/// <summary>Turns a scan into a network's input.</summary>
public static class ScanTensor
{
    /// <summary>
    /// Resamples and normalises a scan into a tensor. Values between the two steps are not rounded. Safe to call from
    /// many threads at once.
    /// </summary>
    /// <param name="scan">The scan.</param>
    /// <param name="preprocessing">Size, kernel and scaling.</param>
    /// <param name="destination">Takes the tensor, [3, Size, Size], channel by channel: red, green, blue for
    /// <see cref="Normalisation.Tf"/> and blue, green, red for <see cref="Normalisation.Caffe"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is not of
    /// <see cref="Preprocessing.Length"/>, or the scan's pixels are not width times height times 3.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such size, kernel or scaling.</exception>
    public static void Write(Scan scan, Preprocessing preprocessing, Span<float> destination)
    {
        ArgumentNullException.ThrowIfNull(scan);
        ArgumentNullException.ThrowIfNull(preprocessing);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(preprocessing.Size);
        if (destination.Length != preprocessing.Length)
            throw new ArgumentException($"a tensor of {preprocessing.Length} values is wanted", nameof(destination));
        if (scan.Width < 1 || scan.Height < 1 || scan.Rgb.Length != 3L * scan.Width * scan.Height)
            throw new ArgumentException("the scan's pixels do not fit its width and height", nameof(scan));

        var planes = Planes(preprocessing, destination);
        switch (preprocessing.Kernel)
        {
            case ResampleKernel.Bilinear:
                BilinearResampler.Write(scan, preprocessing.Size, planes);
                break;
            case ResampleKernel.Nearest:
                NearestResampler.Write(scan, preprocessing.Size, planes);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(preprocessing), preprocessing.Kernel, "no such kernel");
        }
    }

    /// <summary>The formulas of <c>keras.applications.imagenet_utils.preprocess_input</c>.</summary>
    private static NormalisedPlanes Planes(Preprocessing preprocessing, Span<float> destination)
    {
        int area = preprocessing.Size * preprocessing.Size;
        var first = destination[..area];
        var second = destination.Slice(area, area);
        var third = destination[(2 * area)..];
        return preprocessing.Normalisation switch
        {
            Normalisation.Tf => new(first, second, third, Vector128.Create(127.5f), Vector128.Create(1f)),
            Normalisation.Caffe => new(
                third, second, first, Vector128<float>.One, Vector128.Create(123.68f, 116.779f, 103.939f, 0f)),
            _ => throw new ArgumentOutOfRangeException(
                nameof(preprocessing), preprocessing.Normalisation, "no such scaling"),
        };
    }
}
