using System.Numerics.Tensors;

namespace Gyrus.Imaging;

/// <summary>Turns a scan into a network's input.</summary>
public static class ScanTensor
{
    // Blue, green, red: the mean of ImageNet's training images, as keras.applications.imagenet_utils has it.
    private const float MeanBlue = 103.939f;
    private const float MeanGreen = 116.779f;
    private const float MeanRed = 123.68f;

    /// <summary>Resamples and normalises a scan into a tensor. Safe to call from several threads.</summary>
    /// <param name="scan">The scan.</param>
    /// <param name="preprocessing">Size, kernel and scaling.</param>
    /// <param name="destination">Takes the tensor, [3, Size, Size], channel by channel.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is not of
    /// <see cref="Preprocessing.Length"/>.</exception>
    public static void Write(Scan scan, Preprocessing preprocessing, Span<float> destination)
    {
        if (destination.Length != preprocessing.Length)
        {
            throw new ArgumentException(
                $"the tensor has {preprocessing.Length} values, the destination {destination.Length}", nameof(destination));
        }
        int plane = preprocessing.Size * preprocessing.Size;
        bool blueFirst = preprocessing.Normalisation == Normalisation.Caffe;
        var red = destination.Slice(blueFirst ? 2 * plane : 0, plane);
        var green = destination.Slice(plane, plane);
        var blue = destination.Slice(blueFirst ? 0 : 2 * plane, plane);
        if (preprocessing.Kernel == ResampleKernel.Bilinear)
            BilinearResampler.Resize(scan, preprocessing.Size, red, green, blue);
        else
            NearestResampler.Resize(scan, preprocessing.Size, red, green, blue);
        if (blueFirst)
        {
            TensorPrimitives.Subtract(blue, MeanBlue, blue);
            TensorPrimitives.Subtract(green, MeanGreen, green);
            TensorPrimitives.Subtract(red, MeanRed, red);
        }
        else
        {
            TensorPrimitives.Divide(destination, 127.5f, destination);
            TensorPrimitives.Subtract(destination, 1f, destination);
        }
    }
}
