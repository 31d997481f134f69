using System.Runtime.Intrinsics;

namespace Gyrus.Imaging.Tensors;

/// <summary>How pixel values are scaled, as <c>keras.applications.imagenet_utils.preprocess_input</c> names it. What each does stands
/// in <see cref="PixelScaling"/>.</summary>
public enum Normalisation
{
    /// <summary>Keras's <c>tf</c>.</summary>
    Tf,

    /// <summary>Keras's <c>caffe</c>.</summary>
    Caffe,

    /// <summary>Keras's <c>torch</c>.</summary>
    Torch,

    /// <summary>From 0 to 1.</summary>
    Unit,

    /// <summary>From 0 to 255, as they are.</summary>
    Raw,
}

/// <summary>What a <see cref="Normalisation"/> does to a pixel: <c>x / divisor - shift</c>, for red, green and blue from 0 to 255.
/// The numbers are those of <c>keras.applications.imagenet_utils.preprocess_input</c>.</summary>
public sealed class PixelScaling
{
    private static readonly PixelScaling Tf = new(
        "RGB, -1 to 1", blueFirst: false, Vector128.Create(127.5f), Vector128.Create(1f));

    private static readonly PixelScaling Caffe = new(
        "BGR minus the ImageNet mean", blueFirst: true, Vector128<float>.One, Vector128.Create(123.68f, 116.779f, 103.939f, 0f));

    // The mean and the deviation of ImageNet in 0 to 1.
    private static readonly PixelScaling Torch = new(
        "RGB, less the ImageNet mean, by its deviation", blueFirst: false, Vector128.Create(255 * 0.229f, 255 * 0.224f, 255 * 0.225f, 1f),
        Vector128.Create(0.485f / 0.229f, 0.456f / 0.224f, 0.406f / 0.225f, 0f));

    private static readonly PixelScaling Unit = new("RGB, 0 to 1", blueFirst: false, Vector128.Create(255f), Vector128<float>.Zero);

    private static readonly PixelScaling Raw = new("RGB, 0 to 255", blueFirst: false, Vector128<float>.One, Vector128<float>.Zero);

    private PixelScaling(string words, bool blueFirst, Vector128<float> divisor, Vector128<float> shift) =>
        (Words, BlueFirst, Divisor, Shift) = (words, blueFirst, divisor, shift);

    /// <summary>What it does, for a person who wants to do the same.</summary>
    public string Words { get; }

    /// <summary>Whether the network takes blue first and red last; red first otherwise.</summary>
    public bool BlueFirst { get; }

    /// <summary>[3]: what is taken from a channel's values of 0 to 255 before they are divided by <see cref="Deviations"/>, in the order in which the network takes the channels.</summary>
    public IReadOnlyList<float> Means => Channels(Divisor * Shift);

    /// <summary>[3]: what the rest is divided by.</summary>
    public IReadOnlyList<float> Deviations => Channels(Divisor);

    /// <summary>What red, green and blue are divided by.</summary>
    internal Vector128<float> Divisor { get; }

    /// <summary>What is taken from them then.</summary>
    internal Vector128<float> Shift { get; }

    private float[] Channels(Vector128<float> rgb) => BlueFirst ? [rgb[2], rgb[1], rgb[0]] : [rgb[0], rgb[1], rgb[2]];

    /// <summary>The scaling of a name.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such scaling.</exception>
    public static PixelScaling Of(Normalisation normalisation) => normalisation switch
    {
        Normalisation.Tf => Tf,
        Normalisation.Caffe => Caffe,
        Normalisation.Torch => Torch,
        Normalisation.Unit => Unit,
        Normalisation.Raw => Raw,
        _ => throw new ArgumentOutOfRangeException(nameof(normalisation), normalisation, "no such scaling"),
    };
}

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
