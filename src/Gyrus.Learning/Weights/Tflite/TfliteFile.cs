using System.Runtime.InteropServices;
using Google.FlatBuffers;
using Gyrus.Learning.Layers;
using Gyrus.Learning.Tensors;

namespace Gyrus.Learning.Weights.Tflite;

/// <summary>A network that TensorFlow Lite keeps, in float32 or with float16 weights: its layers and their weights. Fields are those of tensorflow/lite/schema/schema.fbs.</summary>
/// <param name="Graph">The layers, named by their outputs; a softmax at the end left out.</param>
/// <param name="Tensors">Their weights.</param>
/// <param name="InputSize">Width and height of its input in pixels.</param>
internal sealed record TfliteFile(LayerGraph Graph, TensorTable Tensors, int InputSize)
{
    private const byte Float32 = 0, Float16 = 1, Int32 = 2;

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
            throw new GyrusException($"{path}: this TensorFlow Lite model cannot be read: {e.Message.TrimEnd('.')}. Give one in float32 or with float16 weights, or a Keras or an ONNX file.", e);
        }
    }

    /// <summary>Turns operators into layers.</summary>
    private sealed class Reader
    {
        private readonly FlatTable[] _codes, _tensors, _buffers, _operators;
        private readonly int _input;
        private readonly List<Layer> _layers = [];
        private readonly List<NamedTensor> _weights = [];

        // For the number of a tensor the layer that gives it, and for one that was float16 the number of that.
        private readonly Dictionary<int, string> _names = [];
        private readonly Dictionary<int, int> _stored = [];

        // A convolution of each channel by itself, until the one behind it comes.
        private readonly Dictionary<int, FlatTable> _depthwise = [];

        public Reader(FlatTable model)
        {
            (_codes, _buffers) = (model.Tables(1), model.Tables(4));
            if (model.Tables(2) is not [var graph]) throw new InvalidDataException("it has not one graph");
            (_tensors, _operators) = (graph.Tables(0), graph.Tables(3));
            _input = graph.Numbers(1) is [var only] ? only : throw new InvalidDataException("it takes more than one input");
        }

        public TfliteFile Read()
        {
            int[] shape = _tensors[_input].Numbers(0);
            if (shape is not [_, var high, var wide, 3] || high != wide) throw new InvalidDataException($"its input is [{string.Join(", ", shape)}], and not a square image of three channels");
            Put(_input, new Input(Name(_input)));
            foreach (var one in _operators) Add(one);
            return new(new LayerGraph(_layers), new TensorTable(_weights), wide);
        }

        private void Add(FlatTable one)
        {
            int[] inputs = one.Numbers(1);
            int output = one.Numbers(2)[0];
            var code = _codes[one.Number(0)];
            var type = (TfliteOperator)Math.Max(code.Number(3), code.Small(0));
            string From(int input) => _names.TryGetValue(inputs[input], out var name) ? name : throw new InvalidDataException($"{Name(output)} takes what no operator gives");
            switch (type)
            {
                case TfliteOperator.Dequantize:
                    _stored[output] = inputs[0];
                    break;
                case TfliteOperator.Pad:
                    int[] border = [.. Ints(inputs[1]).Skip(2).Take(4).Distinct()];
                    Put(output, new ZeroPadding(Name(output), From(0), border is [var pixels] ? pixels : throw new InvalidDataException($"{Name(output)} is not the same on all sides")));
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
                case TfliteOperator.Relu:
                    Put(output, new Relu(Name(output), From(0)));
                    break;
                case TfliteOperator.Add:
                    Put(output, new Add(Name(output), From(0), From(1)));
                    Activate(one.Inner(4).Small(0), output);
                    break;
                case TfliteOperator.Mean:
                    Put(output, new GlobalAveragePooling(Name(output), From(0)));
                    break;
                case TfliteOperator.FullyConnected:
                    int[] kernel = _tensors[inputs[1]].Numbers(0);
                    var dense = new Dense(Name(output), From(0), kernel[1], kernel[0]);
                    Weigh(dense, "kernel", inputs[1], [1, 0]);
                    Weigh(dense, "bias", inputs[2], [0]);
                    Put(output, dense);
                    Activate(one.Inner(4).Small(0), output);
                    break;
                case TfliteOperator.Softmax:
                    _names[output] = From(0);
                    break;
                default:
                    throw new InvalidDataException($"its operator {(int)type} is not known");
            }
        }

        private void Convolve(FlatTable options, int[] inputs, int output)
        {
            int[] kernel = _tensors[inputs[1]].Numbers(0);
            if (kernel[1] != kernel[2] || options.Number(1) != options.Number(2) || options.Number(4, 1) != 1 || options.Number(5, 1) != 1)
                throw new InvalidDataException($"{Name(output)} has a window that is not known");
            if (_depthwise.TryGetValue(inputs[0], out var depthwise))
            {
                int[] before = depthwise.Numbers(1);
                int[] own = _tensors[before[1]].Numbers(0);
                if (own is not [1, SeparableConvolution.Kernel, SeparableConvolution.Kernel, _] || kernel[1] != 1 || Values(before[2]).Any(value => value != 0) || depthwise.Inner(4).Number(1) != 1)
                    throw new InvalidDataException($"{Name(output)} is a convolution by channels that is not known");
                var separable = new SeparableConvolution(Name(output), _names[before[0]], own[3], kernel[0], HasBias: true);
                Weigh(separable, "depthwise_kernel", before[1], [1, 2, 3, 0]);
                Weigh(separable, "pointwise_kernel", inputs[1], [1, 2, 3, 0]);
                Weigh(separable, "bias", inputs[2], [0]);
                Put(output, separable);
            }
            else
            {
                var convolution = new Convolution(Name(output), _names[inputs[0]], kernel[3], kernel[0], kernel[1], options.Number(1), Padding(options), HasBias: true);
                Weigh(convolution, "kernel", inputs[1], [1, 2, 3, 0]);
                Weigh(convolution, "bias", inputs[2], [0]);
                Put(output, convolution);
            }
            Activate(options.Small(3), output);
        }

        /// <summary>An activation in an operator is a layer of its own here.</summary>
        private void Activate(sbyte activation, int output)
        {
            if (activation == 0) return;
            if (activation != 1) throw new InvalidDataException($"{Name(output)} has an activation that is not known");
            Put(output, new Relu(Name(output) + "/relu", Name(output)));
        }

        private void Put(int output, Layer layer)
        {
            _layers.Add(layer);
            _names[output] = layer.Name;
        }

        private static Padding Padding(FlatTable options) => options.Small(0) == 0 ? Layers.Padding.Same : Layers.Padding.Valid;

        private string Name(int tensor) => _tensors[tensor].Text(3);

        /// <summary>Takes a weight, whose axis i of the result is axis <c>axes[i]</c> here.</summary>
        private void Weigh(Layer layer, string variable, int tensor, int[] axes)
        {
            int[] shape = _tensors[tensor].Numbers(0);
            var stored = new NamedTensor("", shape, Values(tensor));
            if (stored.Values.Length != shape.Aggregate(1, (product, size) => product * size)) throw new InvalidDataException($"{Name(tensor)} has {stored.Values.Length} values");
            _weights.Add(new(layer.VariableName(variable), [.. axes.Select(axis => shape[axis])], WeightLayout.Permuted(stored, axes)));
        }

        private float[] Values(int tensor)
        {
            var table = _tensors[_stored.GetValueOrDefault(tensor, tensor)];
            byte[] data = _buffers[table.Number(2)].Bytes(0);
            return table.Small(1) switch
            {
                (sbyte)Float32 => MemoryMarshal.Cast<byte, float>(data).ToArray(),
                (sbyte)Float16 => Array.ConvertAll(MemoryMarshal.Cast<byte, Half>(data).ToArray(), value => (float)value),
                _ => throw new InvalidDataException($"{Name(tensor)} is neither float32 nor float16"),
            };
        }

        private int[] Ints(int tensor) => _tensors[tensor].Small(1) == Int32 ? MemoryMarshal.Cast<byte, int>(_buffers[_tensors[tensor].Number(2)].Bytes(0)).ToArray()
            : throw new InvalidDataException($"{Name(tensor)} is not of whole numbers");
    }
}
