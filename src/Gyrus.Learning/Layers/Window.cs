using TorchSharp;
using static TorchSharp.torch;

namespace Gyrus.Learning.Layers;

/// <summary>How a window treats the border, as TensorFlow names it.</summary>
public enum Padding
{
    /// <summary>No padding.</summary>
    Valid,

    /// <summary>Output size is ceil(input / stride); what is odd goes to the right and the bottom.</summary>
    Same,
}

/// <summary>A square window that is moved over an image: of a convolution, or of a maximum.</summary>
/// <param name="Size">Its width and height.</param>
/// <param name="Stride">The step.</param>
/// <param name="Padding">Treatment of the border.</param>
public readonly record struct Window(int Size, int Stride, Padding Padding)
{
    /// <summary>The positions that it has on an image.</summary>
    /// <param name="input">The image's size.</param>
    /// <returns>Rows and columns of positions, and the image's channels.</returns>
    /// <exception cref="GyrusException">The image is smaller than the window.</exception>
    public LayerShape Shape(LayerShape input) =>
        input with { Height = Positions(input.Height), Width = Positions(input.Width) };

    /// <summary>
    /// Brings an image and its border to what PyTorch's operators take, which have the same border on both sides: an
    /// even border is left to the operator, which needs no copy for it.
    /// </summary>
    /// <param name="x">The image, [N, C, H, W].</param>
    /// <param name="value">What stands in the border.</param>
    /// <returns>The image, or a copy with the border, and the border that is left to the operator.</returns>
    public (Tensor Input, int Padding) Pad(Tensor x, double value)
    {
        var (top, bottom) = Border((int)x.shape[2]);
        var (left, right) = Border((int)x.shape[3]);
        if (top == bottom && left == right && top == left) return (x, top);
        return (nn.functional.pad(x, [left, right, top, bottom], PaddingModes.Constant, value), 0);
    }

    /// <summary>Says in an ONNX operator how its window moves.</summary>
    /// <param name="node">A convolution, or a pool.</param>
    /// <param name="input">The size of what it takes.</param>
    public void Describe(OnnxNode node, LayerShape input)
    {
        node.With("kernel_shape", [Size, Size]).With("strides", [Stride, Stride]);
        if (Padding == Padding.Valid) return;
        var (top, bottom) = Border(input.Height);
        var (left, right) = Border(input.Width);
        node.With("pads", [top, left, bottom, right]);
    }

    /// <summary>Keras's name of its treatment of the border.</summary>
    public string KerasPadding => Padding == Padding.Valid ? "valid" : "same";

    /// <summary>Its options for a convolution of TensorFlow Lite: <c>Conv2DOptions</c>.</summary>
    internal TfliteOptions TfliteConvolution => Tflite(kind: 1, fields: 6);

    /// <summary>Its options for one of each channel: <c>DepthwiseConv2DOptions</c>, whose next field is how many outputs a channel has.</summary>
    internal TfliteOptions TfliteDepthwise => Tflite(kind: 2, fields: 7, 1);

    /// <summary>Its options for a pool: <c>Pool2DOptions</c>, whose next fields are its width and height.</summary>
    internal TfliteOptions TflitePooling => Tflite(kind: 5, fields: 6, Size, Size);

    /// <summary>All begin with the border and the two strides.</summary>
    private TfliteOptions Tflite(byte kind, int fields, params int[] next)
    {
        var (padding, stride) = ((sbyte)(Padding == Padding.Same ? 0 : 1), Stride);
        return new(kind, fields, builder =>
        {
            builder.AddSbyte(0, padding, 0);
            int[] numbers = [stride, stride, .. next];
            for (int i = 0; i < numbers.Length; i++) builder.AddInt(1 + i, numbers[i], 0);
        });
    }

    /// <summary>The border of one side of an image. TensorFlow's <c>same</c>: ceil(size / stride) positions, what is odd of the border
    /// right and below.</summary>
    private (int Before, int After) Border(int size)
    {
        if (Padding == Padding.Valid) return (0, 0);
        int positions = (size + Stride - 1) / Stride;
        int border = Math.Max(((positions - 1) * Stride) + Size - size, 0);
        return (border / 2, border - (border / 2));
    }

    private int Positions(int size)
    {
        var positions = Padding == Padding.Same ? (size + Stride - 1) / Stride : (size - Size + Stride) / Stride;
        return positions > 0 ? positions
            : throw new GyrusException($"The input is too small for this network: a window of {Size} pixels "
                + $"meets {size}. Use a larger input size.");
    }
}
