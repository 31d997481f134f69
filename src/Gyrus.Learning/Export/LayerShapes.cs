using Gyrus.Learning.Layers;

namespace Gyrus.Learning.Export;

/// <summary>The size of a layer's output for one image; height and width are 1 where there is no position left.</summary>
/// <param name="Channels">Channels, or values of a vector.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
internal readonly record struct LayerShape(int Channels, int Height, int Width);

/// <summary>Sizes of all layers' outputs for an input of a given size.</summary>
internal static class LayerShapes
{
    public static IReadOnlyDictionary<string, LayerShape> Of(LayerGraph graph, int inputSize)
    {
        Dictionary<string, LayerShape> shapes = [];
        foreach (var layer in graph.Layers)
        {
            var x = layer is Input ? new LayerShape(3, inputSize, inputSize) : shapes[layer.Inputs[0]];
            shapes[layer.Name] = layer switch
            {
                Convolution l => Window(x, l.Kernel, l.Stride, l.Padding) with { Channels = l.Filters },
                SeparableConvolution l => x with { Channels = l.Filters },
                MaxPooling l => Window(x, MaxPooling.Size, MaxPooling.Stride, l.Padding),
                ZeroPadding l => x with { Height = x.Height + (2 * l.Pixels), Width = x.Width + (2 * l.Pixels) },
                GlobalAveragePooling => new LayerShape(x.Channels, 1, 1),
                Dense l => new LayerShape(l.Units, 1, 1),
                Input or Relu or Add or Dropout or BatchNormalisation => x,
                _ => throw new NotSupportedException($"No rule says what shape a {layer.GetType().Name} gives: add it here."),
            };
        }
        return shapes;
    }

    /// <summary>
    /// TensorFlow's <c>same</c> border of one side of an image: what is odd of it goes to the right and the bottom.
    /// </summary>
    public static (int Before, int After) SameBorder(int size, int kernel, int stride)
    {
        int positions = (size + stride - 1) / stride;
        int border = Math.Max(((positions - 1) * stride) + kernel - size, 0);
        return (border / 2, border - (border / 2));
    }

    private static LayerShape Window(LayerShape x, int kernel, int stride, Padding padding) =>
        x with
        {
            Height = Positions(x.Height, kernel, stride, padding),
            Width = Positions(x.Width, kernel, stride, padding),
        };

    private static int Positions(int size, int kernel, int stride, Padding padding)
    {
        var positions = padding == Padding.Same ? (size + stride - 1) / stride : (size - kernel + stride) / stride;
        return positions > 0 ? positions
            : throw new GyrusException($"The input is too small for this network: a window of {kernel} pixels "
                + $"meets {size}. Use a larger input size.");
    }
}
