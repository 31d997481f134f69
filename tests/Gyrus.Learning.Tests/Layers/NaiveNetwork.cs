using Gyrus.Learning.Layers;
using Gyrus.Learning.Tensors;

namespace Gyrus.Learning.Tests.Layers;

/// <summary>Values of one layer for one image: [channels, height, width], or [channels, 1, 1] behind the pool.</summary>
internal sealed record Volume(int Channels, int Height, int Width, double[] Values)
{
    public Volume(int channels, int height, int width)
        : this(channels, height, width, new double[channels * height * width])
    {
    }

    /// <summary>A square image.</summary>
    public static Volume Image(float[] values)
    {
        int size = (int)Math.Sqrt(values.Length / 3);
        return new Volume(3, size, size, [.. values.Select(value => (double)value)]);
    }

    public double this[int c, int y, int x]
    {
        get => Values[(c * Height + y) * Width + x];
        set => Values[(c * Height + y) * Width + x] = value;
    }
}

/// <summary>
/// Computes a network as the definitions of its layers read, in double precision and slowly: what the fast ways are
/// compared with. TensorFlow's <c>same</c> padding: total = max((ceil(size / stride) - 1) * stride + kernel - size, 0),
/// half of it, rounded down, goes to the left and the top.
/// </summary>
internal sealed class NaiveNetwork(LayerGraph graph, TensorTable tensors, double epsilon)
{
    /// <summary>The values of all layers, by name.</summary>
    public Dictionary<string, Volume> Run(Volume input)
    {
        Dictionary<string, Volume> values = [];
        foreach (var layer in graph.Layers)
        {
            values[layer.Name] = layer switch
            {
                Input => input,
                Convolution l => Convolve(l, values[l.From]),
                SeparableConvolution l => ConvolveSeparably(l, values[l.From]),
                BatchNormalisation l => Normalise(l, values[l.From]),
                ScaleAndShift l => Map(
                    values[l.From], (c, x) => (x * Tensor(l.Name, "factor")[c]) + Tensor(l.Name, "offset")[c]),
                Rounding l => Map(values[l.From], (_, x) => (Math.Clamp(Math.Round(x / l.Scale) + l.ZeroPoint, -128, 127) - l.ZeroPoint) * l.Scale),
                Standardisation l => Map(values[l.From], (c, x) => (x - Tensor(l.Name, "mean")[c]) / Math.Max(Math.Sqrt(Tensor(l.Name, "variance")[c]), 1e-7)),
                Relu l => Map(values[l.From], (_, x) => Math.Max(x, 0)),
                Relu6 l => Map(values[l.From], (_, x) => Math.Min(Math.Max(x, 0), 6)),
                ZeroPadding l => Pad(values[l.From], l.Before, l.After),
                AveragePooling l => Window(values[l.From], values[l.From].Channels, l.Size, l.Size,
                    Padding.Valid, double.NaN, (c, at) => at.Average(p => values[l.From][c, p.Y, p.X])),
                Concatenation l => new Volume(values[l.First].Channels + values[l.Second].Channels, values[l.First].Height, values[l.First].Width,
                    [.. values[l.First].Values, .. values[l.Second].Values]),
                DepthwiseConvolution l => ConvolveChannels(l, values[l.From]),
                MaxPooling l => Window(values[l.From], values[l.From].Channels, MaxPooling.Size, MaxPooling.Stride,
                    l.Padding, double.NegativeInfinity, (c, at) => at.Max(p => values[l.From][c, p.Y, p.X])),
                Add l => new Volume(values[l.Left].Channels, values[l.Left].Height, values[l.Left].Width,
                    [.. values[l.Left].Values.Zip(values[l.Right].Values, (a, b) => a + b)]),
                GlobalAveragePooling l => new Volume(values[l.From].Channels, 1, 1,
                    [.. values[l.From].Values.Chunk(values[l.From].Height * values[l.From].Width).Select(c => c.Average())]),
                Dense l => Multiply(l, values[l.From]),
                Dropout l => values[l.From],
                _ => throw new NotSupportedException(layer.GetType().Name),
            };
        }
        return values;
    }

    private float[] Tensor(string layer, string variable) => tensors[$"{layer}/{variable}"].Values;

    private Volume Convolve(Convolution l, Volume x)
    {
        var kernel = Tensor(l.Name, "kernel");
        var y = Window(x, l.Filters, l.Kernel, l.Stride, l.Padding, 0, (f, at) => at.Sum(p =>
            Enumerable.Range(0, l.Channels).Sum(c =>
                x[c, p.Y, p.X] * kernel[((p.Row * l.Kernel + p.Column) * l.Channels + c) * l.Filters + f])));
        return l.HasBias ? AddBias(y, Tensor(l.Name, "bias")) : y;
    }

    private Volume ConvolveChannels(DepthwiseConvolution l, Volume x)
    {
        var kernel = Tensor(l.Name, "depthwise_kernel");
        var y = Window(x, l.Channels, l.Kernel, l.Stride, l.Padding, 0, (c, at) => at.Sum(p =>
            x[c, p.Y, p.X] * kernel[(p.Row * l.Kernel + p.Column) * l.Channels + c]));
        return l.HasBias ? AddBias(y, Tensor(l.Name, "bias")) : y;
    }

    private Volume ConvolveSeparably(SeparableConvolution l, Volume x)
    {
        var depthwise = Tensor(l.Name, "depthwise_kernel");
        var pointwise = Tensor(l.Name, "pointwise_kernel");
        var middle = Window(x, l.Channels, SeparableConvolution.Kernel, 1, Padding.Same, 0, (c, at) => at.Sum(p =>
            x[c, p.Y, p.X] * depthwise[(p.Row * SeparableConvolution.Kernel + p.Column) * l.Channels + c]));
        var y = Window(middle, l.Filters, 1, 1, Padding.Valid, 0, (f, at) => at.Sum(p =>
            Enumerable.Range(0, l.Channels).Sum(c => middle[c, p.Y, p.X] * pointwise[c * l.Filters + f])));
        return l.HasBias ? AddBias(y, Tensor(l.Name, "bias")) : y;
    }

    private Volume Normalise(BatchNormalisation l, Volume x)
    {
        var (gamma, beta) = (Tensor(l.Name, "gamma"), Tensor(l.Name, "beta"));
        var (mean, variance) = (Tensor(l.Name, "moving_mean"), Tensor(l.Name, "moving_variance"));
        return Map(x, (c, v) => gamma[c] * (v - mean[c]) / Math.Sqrt(variance[c] + epsilon) + beta[c]);
    }

    private Volume Multiply(Dense l, Volume x)
    {
        var kernel = Tensor(l.Name, "kernel");
        var y = Enumerable.Range(0, l.Units).Select(u =>
            Enumerable.Range(0, l.Channels).Sum(c => x.Values[c] * kernel[c * l.Units + u]));
        return AddBias(new Volume(l.Units, 1, 1, [.. y]), Tensor(l.Name, "bias"));
    }

    private static Volume AddBias(Volume x, float[] bias) => Map(x, (c, v) => v + bias[c]);

    private static Volume Map(Volume x, Func<int, double, double> f) => new(x.Channels, x.Height, x.Width,
        [.. x.Values.Select((value, i) => f(i / (x.Height * x.Width), value))]);

    private static Volume Pad(Volume x, int before, int after)
    {
        var y = new Volume(x.Channels, x.Height + before + after, x.Width + before + after);
        for (int c = 0; c < x.Channels; c++)
            for (int row = 0; row < x.Height; row++)
                for (int column = 0; column < x.Width; column++)
                {
                    y[c, row + before, column + before] = x[c, row, column];
                }
        return y;
    }

    private readonly record struct Tap(int Row, int Column, int Y, int X);

    /// <summary>Slides a window; the function gets those of its positions that lie inside the image.</summary>
    private static Volume Window(Volume x, int filters, int kernel, int stride, Padding padding, double empty,
        Func<int, IReadOnlyList<Tap>, double> f)
    {
        var (height, top) = Extent(x.Height, kernel, stride, padding);
        var (width, left) = Extent(x.Width, kernel, stride, padding);
        var y = new Volume(filters, height, width);
        for (int row = 0; row < height; row++)
            for (int column = 0; column < width; column++)
            {
                var taps = (from r in Enumerable.Range(0, kernel)
                            from c in Enumerable.Range(0, kernel)
                            let tap = new Tap(r, c, row * stride + r - top, column * stride + c - left)
                            where tap.Y >= 0 && tap.Y < x.Height && tap.X >= 0 && tap.X < x.Width
                            select tap).ToList();
                for (int filter = 0; filter < filters; filter++)
                {
                    y[filter, row, column] = taps.Count == 0 ? empty : f(filter, taps);
                }
            }
        return y;
    }

    private static (int Size, int Before) Extent(int size, int kernel, int stride, Padding padding)
    {
        if (padding == Padding.Valid) return ((size - kernel) / stride + 1, 0);
        int count = (size + stride - 1) / stride;
        return (count, Math.Max((count - 1) * stride + kernel - size, 0) / 2);
    }
}
