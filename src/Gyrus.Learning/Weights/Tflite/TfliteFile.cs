using Google.FlatBuffers;
using Gyrus.Learning.Layers;
using Gyrus.Learning.Tensors;

namespace Gyrus.Learning.Weights.Tflite;

/// <summary>A network that TensorFlow Lite keeps, in float32, with float16 weights or in eight bits: its layers and their weights. Fields are those of tensorflow/lite/schema/schema.fbs.</summary>
/// <param name="Graph">The layers, named by their outputs; a softmax at the end left out.</param>
/// <param name="Tensors">Their weights.</param>
/// <param name="InputSize">Width and height of its input in pixels.</param>
internal sealed record TfliteFile(LayerGraph Graph, TensorTable Tensors, int InputSize)
{
    /// <summary>Whether bytes begin as such a file does.</summary>
    public static bool Begins(ReadOnlySpan<byte> head) => head.Length >= 8 && head[4..8].SequenceEqual("TFL3"u8);

    /// <summary>Reads a model.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="GyrusException">It cannot be read, or has an operator or numbers that are not known.</exception>
    public static TfliteFile Read(string path)
    {
        try
        {
            byte[] bytes = File.ReadAllBytes(path);
            if (!Begins(bytes)) throw new InvalidDataException("it does not begin as one");
            return new Reader(FlatTable.Root(new ByteBuffer(bytes))).Read();
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException or IndexOutOfRangeException or OverflowException or KeyNotFoundException or IOException or UnauthorizedAccessException)
        {
            throw new GyrusException($"{path}: this TensorFlow Lite model cannot be read: {e.Message.TrimEnd('.')}. Give one in float32, with float16 weights or in eight bits with signs, or a Keras or an ONNX file.", e);
        }
    }

    /// <summary>Turns operators into layers.</summary>
    private sealed class Reader
    {
        private readonly FlatTable[] _codes, _operators;
        private readonly TfliteValues _values;
        private readonly int _input;
        private readonly List<Layer> _layers = [];
        private readonly List<NamedTensor> _weights = [];

        // For the number of a tensor the layer that gives it.
        private readonly Dictionary<int, string> _names = [];

        // The layers whose softmax or sigmoid is left out.
        private readonly HashSet<string> _ends = [];

        // A convolution of each channel by itself, until what takes it comes: with another one behind it, it is one separable layer.
        private readonly Dictionary<int, FlatTable> _depthwise = [];

        // A product with a number for each channel, until the sum behind it comes: the number of what is multiplied, and that of the numbers.
        private readonly Dictionary<int, (int Value, int Factor)> _scaled = [];

        public Reader(FlatTable model)
        {
            if (model.Tables(2) is not [var graph]) throw new InvalidDataException("it has not one graph");
            (_codes, _operators, _values) = (model.Tables(1), graph.Tables(3), new TfliteValues(graph.Tables(0), model.Tables(4)));
            _input = graph.Numbers(1) is [var only] ? only : throw new InvalidDataException("it takes more than one input");
        }

        public TfliteFile Read()
        {
            int[] shape = _values.Shape(_input);
            if (shape is not [_, var high, var wide, 3] || high != wide) throw new InvalidDataException($"its input is [{string.Join(", ", shape)}], and not a square image of three channels");
            Put(_input, new Input(Name(_input)));
            foreach (var one in _operators) Add(one);
            if (_ends.FirstOrDefault(end => end != _layers[^1].Name) is { } inside) throw new InvalidDataException($"{inside} has a softmax or a sigmoid before the network's end");
            return new(new LayerGraph(_layers), new TensorTable(_weights), wide);
        }

        private void Add(FlatTable one)
        {
            int[] inputs = one.Numbers(1);
            int output = one.Numbers(2)[0];
            var code = _codes[one.Number(0)];
            var type = (TfliteOperator)Math.Max(code.Number(3), code.Small(0));
            string From(int input) => Source(inputs[input], output);
            switch (type)
            {
                case TfliteOperator.Dequantize when _values.IsConstant(inputs[0]):
                    _values.Stand(output, inputs[0]);
                    break;
                case TfliteOperator.Dequantize:
                    _names[output] = From(0);
                    break;
                case TfliteOperator.Quantize:
                    _names[output] = From(0);
                    Round(output, Name(output));
                    break;
                case TfliteOperator.Pad:
                    if (_values.Whole(inputs[1]) is not [0, 0, var before, var after, var left, var right, 0, 0] || (before, after) != (left, right))
                        throw new InvalidDataException($"{Name(output)} is not the same across and down");
                    Put(output, new ZeroPadding(Name(output), From(0), before, after));
                    break;
                case TfliteOperator.Convolution:
                    Convolve(one.Inner(4), inputs, output);
                    break;
                case TfliteOperator.DepthwiseConvolution:
                    _depthwise[output] = one;
                    break;
                case TfliteOperator.MaxPooling:
                    var pool = one.Inner(4);
                    if ((pool.Number(1), pool.Number(3)) != (MaxPooling.Stride, MaxPooling.Size)) throw new InvalidDataException($"{Name(output)} has a window that is not known");
                    Put(output, new MaxPooling(Name(output), From(0), Padding(pool)));
                    break;
                case TfliteOperator.AveragePooling:
                    var mean = one.Inner(4);
                    int side = mean.Number(3);
                    if ((mean.Number(1), mean.Number(2), mean.Number(4)) != (side, side, side) || Padding(mean) != Layers.Padding.Valid) throw new InvalidDataException($"{Name(output)} has a window that is not known");
                    Put(output, new AveragePooling(Name(output), From(0), side));
                    break;
                case TfliteOperator.Concatenation:
                    if (inputs.Length != 2 || one.Inner(4).Number(0) is not (3 or -1)) throw new InvalidDataException($"{Name(output)} has an axis or a number of inputs that is not known");
                    Put(output, new Concatenation(Name(output), From(0), From(1)));
                    Activate(one.Inner(4).Small(1), output);
                    break;
                case TfliteOperator.Relu:
                    Put(output, new Relu(Name(output), From(0)));
                    break;
                case TfliteOperator.Relu6:
                    Put(output, new Relu6(Name(output), From(0)));
                    break;
                case TfliteOperator.Multiply:
                    _scaled[output] = (inputs[0], inputs[1]);
                    if (one.Inner(4).Small(0) != 0) throw new InvalidDataException($"{Name(output)} has an activation that is not known");
                    break;
                case TfliteOperator.Add:
                    if (_scaled.Remove(inputs[0], out var scaled)) Scale(scaled.Value, scaled.Factor, inputs[1], output);
                    else Put(output, new Add(Name(output), From(0), From(1)));
                    Activate(one.Inner(4).Small(0), output);
                    break;
                case TfliteOperator.Mean:
                    Put(output, new GlobalAveragePooling(Name(output), From(0)));
                    break;
                case TfliteOperator.FullyConnected:
                    int[] kernel = _values.Shape(inputs[1]);
                    var dense = new Dense(Name(output), From(0), kernel[1], kernel[0]);
                    Weigh(dense, "kernel", inputs[1], [1, 0]);
                    Weigh(dense, "bias", inputs[2], [0]);
                    Put(output, dense);
                    Activate(one.Inner(4).Small(0), output);
                    break;
                case TfliteOperator.Softmax:
                    _ends.Add(_names[output] = From(0));
                    break;
                case TfliteOperator.Logistic:
                    _ends.Add(_names[output] = From(0));
                    if (_layers[^1] is not Dense { Units: 1 }) throw new InvalidDataException($"{Name(output)} is a sigmoid of several numbers, or not at the end");
                    break;
                default:
                    throw new InvalidDataException($"its operator {(int)type} is not known");
            }
        }

        private void Convolve(FlatTable options, int[] inputs, int output)
        {
            int[] kernel = _values.Shape(inputs[1]);
            if (kernel[1] != kernel[2] || options.Number(1) != options.Number(2) || options.Number(4, 1) != 1 || options.Number(5, 1) != 1)
                throw new InvalidDataException($"{Name(output)} has a window that is not known");
            if (Separable(inputs[0], kernel, options) is { } depthwise)
            {
                int[] before = depthwise.Numbers(1);
                var separable = new SeparableConvolution(Name(output), Source(before[0], output), kernel[3], kernel[0], HasBias(inputs));
                Weigh(separable, "depthwise_kernel", before[1], [1, 2, 3, 0]);
                Weigh(separable, "pointwise_kernel", inputs[1], [1, 2, 3, 0]);
                if (separable.HasBias) Weigh(separable, "bias", inputs[2], [0]);
                Put(output, separable);
            }
            else
            {
                var convolution = new Convolution(Name(output), Source(inputs[0], output), kernel[3], kernel[0], kernel[1], options.Number(1), Padding(options), HasBias(inputs));
                Weigh(convolution, "kernel", inputs[1], [1, 2, 3, 0]);
                if (convolution.HasBias) Weigh(convolution, "bias", inputs[2], [0]);
                Put(output, convolution);
            }
            Activate(options.Small(3), output);
        }

        /// <summary>Whether a convolution has a bias; its operator takes zeros where it has none.</summary>
        private bool HasBias(int[] inputs) => inputs is [_, _, >= 0] && _values.Of(inputs[2]).Any(value => value != 0);

        /// <summary>The convolution of each channel by itself that makes one layer with the one behind it; null where there is none.</summary>
        private FlatTable? Separable(int input, int[] kernel, FlatTable options)
        {
            if (!_depthwise.TryGetValue(input, out var depthwise) || (kernel[1], options.Number(1)) != (1, 1)) return null;
            int[] before = depthwise.Numbers(1);
            var window = depthwise.Inner(4);
            bool fits = _values.Shape(before[1]) is [1, SeparableConvolution.Kernel, SeparableConvolution.Kernel, _]
                && (window.Number(1), window.Number(2), window.Small(4), Padding(window)) == (1, 1, 0, Layers.Padding.Same) && !HasBias(before);
            return fits && !_values.IsEightBit(input) ? depthwise : null;
        }

        private void ConvolveChannels(FlatTable one, int output)
        {
            int[] inputs = one.Numbers(1), kernel = _values.Shape(inputs[1]);
            var options = one.Inner(4);
            if (kernel is not [1, var high, var wide, var channels] || high != wide || options.Number(1) != options.Number(2) || options.Number(3, 1) != 1 || options.Number(5, 1) != 1 || options.Number(6, 1) != 1)
                throw new InvalidDataException($"{Name(output)} is a convolution by channels that is not known");
            var layer = new DepthwiseConvolution(Name(output), Source(inputs[0], output), channels, wide, options.Number(1), Padding(options), HasBias(inputs));
            Weigh(layer, "depthwise_kernel", inputs[1], [1, 2, 3, 0]);
            if (layer.HasBias) Weigh(layer, "bias", inputs[2], [0]);
            Put(output, layer);
            Activate(options.Small(4), output);
        }

        /// <summary>A product and a sum with numbers for the channels; a product alone where there is no sum.</summary>
        private void Scale(int value, int factor, int? offset, int output)
        {
            var layer = new ScaleAndShift(Name(output), Source(value, output), _values.Shape(value)[^1]);
            float[] Channels(int tensor) => _values.Of(tensor) switch
            {
                [var one] => [.. Enumerable.Repeat(one, layer.Channels)],
                var all => all.Length == layer.Channels ? all : throw new InvalidDataException($"{Name(tensor)} is no number for each channel"),
            };
            _weights.Add(new(layer.VariableName("factor"), [layer.Channels, 1, 1], Channels(factor)));
            _weights.Add(new(layer.VariableName("offset"), [layer.Channels, 1, 1], offset is { } numbers ? Channels(numbers) : new float[layer.Channels]));
            Put(output, layer);
        }

        /// <summary>The layer that gives a tensor.</summary>
        /// <param name="tensor">The tensor.</param>
        /// <param name="taker">What takes it.</param>
        private string Source(int tensor, int taker)
        {
            if (!_names.ContainsKey(tensor) && _depthwise.Remove(tensor, out var depthwise)) ConvolveChannels(depthwise, tensor);
            if (!_names.ContainsKey(tensor) && _scaled.Remove(tensor, out var scaled)) Scale(scaled.Value, scaled.Factor, offset: null, tensor);
            return _names.TryGetValue(tensor, out var name) ? name : throw new InvalidDataException($"{Name(taker)} takes what no operator gives");
        }

        /// <summary>An activation in an operator is a layer of its own here.</summary>
        private void Activate(sbyte activation, int output)
        {
            Layer? layer = activation switch
            {
                0 => null,
                1 => new Relu(Name(output) + "/relu", Name(output)),
                3 => new Relu6(Name(output) + "/relu6", Name(output)),
                _ => throw new InvalidDataException($"{Name(output)} has an activation that is not known"),
            };
            if (layer is not null) Put(output, layer);
        }

        private void Put(int output, Layer layer)
        {
            _layers.Add(layer);
            _names[output] = layer.Name;
            // What only picks values leaves rounded ones as they are.
            if (_values.IsEightBit(output) && layer is not (ZeroPadding or MaxPooling)) Round(output, layer.Name + "/rounded");
        }

        private void Round(int output, string name)
        {
            var (step, zero) = _values.Steps(output);
            var layer = new Rounding(name, _names[output], step, zero);
            _layers.Add(layer);
            _names[output] = layer.Name;
        }

        private static Padding Padding(FlatTable options) => options.Small(0) == 0 ? Layers.Padding.Same : Layers.Padding.Valid;

        private string Name(int tensor) => _values.Name(tensor);

        /// <summary>Takes a weight, whose axis i of the result is axis <c>axes[i]</c> here.</summary>
        private void Weigh(Layer layer, string variable, int tensor, int[] axes)
        {
            int[] shape = _values.Shape(tensor);
            var stored = new NamedTensor("", shape, _values.Of(tensor));
            if (stored.Values.Length != shape.Aggregate(1, (product, size) => product * size)) throw new InvalidDataException($"{Name(tensor)} has {stored.Values.Length} values");
            _weights.Add(new(layer.VariableName(variable), [.. axes.Select(axis => shape[axis])], WeightLayout.Permuted(stored, axes)));
        }
    }
}
