using System.Runtime.Intrinsics;
using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.HeadRegion;

namespace Gyrus.Imaging.Tensors;

/// <summary>Turns a scan into a network's input.</summary>
public static class ScanTensor
{
    /// <summary>The version of all that stands between a file and its tensor: decoding, finding the head, framing, resampling. To be
    /// counted up where a change of one of them changes a value, so that what was computed before is not mixed with what is computed
    /// after. 2: samples of 16 bits are scaled by the bits that are used. 3: greys of more than 8 bits are not rounded before.</summary>
    public const int InputVersion = 3;

    /// <summary>
    /// Frames, resamples and normalises a scan into a tensor. Values between the last two steps are not rounded. Safe
    /// to call from many threads at once.
    /// </summary>
    /// <param name="scan">The scan.</param>
    /// <param name="preprocessing">Framing, size, kernel and scaling.</param>
    /// <param name="destination">Takes the tensor, [3, Size, Size], channel by channel: red, green, blue, or blue, green, red
    /// (<see cref="PixelScaling.BlueFirst"/>).</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is not of
    /// <see cref="Preprocessing.Length"/>, or the scan's pixels are not width times height times 3.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such size, kernel or scaling.</exception>
    public static void Write(Scan scan, Preprocessing preprocessing, Span<float> destination)
    {
        ArgumentNullException.ThrowIfNull(scan);
        ArgumentNullException.ThrowIfNull(preprocessing);
        Check(scan, preprocessing, destination);
        Resample(scan, preprocessing, Planes(preprocessing, destination));
    }

    /// <summary>Resamples and normalises a scan that is framed already, as <see cref="Write(Scan, Preprocessing, Span{float})"/>
    /// does after it has framed one.</summary>
    /// <param name="framed">The square around the head.</param>
    /// <param name="preprocessing">Size, kernel and scaling.</param>
    /// <param name="destination">Takes the tensor, [3, Size, Size].</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is not of
    /// <see cref="Preprocessing.Length"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such size, kernel or scaling.</exception>
    public static void Write(FramedScan framed, Preprocessing preprocessing, Span<float> destination)
    {
        ArgumentNullException.ThrowIfNull(framed);
        ArgumentNullException.ThrowIfNull(preprocessing);
        Check(framed.Scan, preprocessing, destination);
        Resample(framed.Scan, Canvas.Of(framed), preprocessing, Planes(preprocessing, destination));
    }

    /// <summary>Frames and resamples a scan, for those who change pixels before they are normalised.</summary>
    /// <param name="scan">The scan.</param>
    /// <param name="preprocessing">Framing, size and kernel.</param>
    /// <returns>[3, Size, Size], red, green, blue, 0 to 255, rounded.</returns>
    public static byte[] Pixels(Scan scan, Preprocessing preprocessing)
    {
        ArgumentNullException.ThrowIfNull(scan);
        ArgumentNullException.ThrowIfNull(preprocessing);
        var values = new float[preprocessing.Length];
        int area = preprocessing.Size * preprocessing.Size;
        Resample(scan, preprocessing, new NormalisedPlanes(
            values.AsSpan(0, area), values.AsSpan(area, area), values.AsSpan(2 * area), Vector128<float>.One,
            Vector128<float>.Zero));
        return Array.ConvertAll(values, value => (byte)Math.Clamp(MathF.Round(value), 0, 255));
    }

    /// <summary>Scales pixels as <see cref="Write(Scan, Preprocessing, Span{float})"/> does after it has resampled them.</summary>
    /// <param name="pixels">[3, Size, Size], red, green, blue, 0 to 255.</param>
    /// <param name="preprocessing">Size and scaling.</param>
    /// <param name="destination">Takes the tensor, as <see cref="Write(Scan, Preprocessing, Span{float})"/> makes it.</param>
    public static void Normalise(ReadOnlySpan<float> pixels, Preprocessing preprocessing, Span<float> destination)
    {
        ArgumentNullException.ThrowIfNull(preprocessing);
        int area = preprocessing.Size * preprocessing.Size;
        var planes = Planes(preprocessing, destination);
        for (int i = 0; i < area; i++)
            planes.Set(i, Vector128.Create(pixels[i], pixels[area + i], pixels[(2 * area) + i], 0));
    }

    private static void Check(Scan scan, Preprocessing preprocessing, ReadOnlySpan<float> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(preprocessing.Size);
        if (destination.Length != preprocessing.Length)
            throw new ArgumentException($"a tensor of {preprocessing.Length} values is wanted", nameof(destination));
        if (scan.Width < 1 || scan.Height < 1 || scan.Rgb.Length != 3L * scan.Width * scan.Height || scan.Levels is { } levels && levels.Length != (long)scan.Width * scan.Height)
            throw new ArgumentException("the scan's pixels do not fit its width and height", nameof(scan));
    }

    private static void Resample(Scan scan, Preprocessing preprocessing, NormalisedPlanes planes)
    {
        if (preprocessing.Framing == Framing.Whole)
        {
            Resample(scan, Canvas.Of(scan), preprocessing, planes);
            return;
        }
        var framed = HeadFraming.Apply(scan);
        Resample(framed.Scan, Canvas.Of(framed), preprocessing, planes);
    }

    private static void Resample(Scan scan, Canvas canvas, Preprocessing preprocessing, NormalisedPlanes planes)
    {
        switch (preprocessing.Kernel)
        {
            case ResampleKernel.Bilinear:
                BilinearResampler.Write(scan, canvas, preprocessing.Size, planes);
                break;
            case ResampleKernel.Nearest:
                NearestResampler.Write(scan, canvas, preprocessing.Size, planes);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(preprocessing), preprocessing.Kernel, "no such kernel");
        }
    }

    private static NormalisedPlanes Planes(Preprocessing preprocessing, Span<float> destination)
    {
        int area = preprocessing.Size * preprocessing.Size;
        var first = destination[..area];
        var second = destination.Slice(area, area);
        var third = destination[(2 * area)..];
        var scaling = PixelScaling.Of(preprocessing.Normalisation);
        return scaling.BlueFirst ? new(third, second, first, scaling.Divisor, scaling.Shift)
            : new(first, second, third, scaling.Divisor, scaling.Shift);
    }
}
