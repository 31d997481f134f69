using System.Text.Json.Nodes;
using Gyrus.Learning.Tensors;
using static TorchSharp.torch;

namespace Gyrus.Learning.Layers;

/// <summary>
/// One layer of a network. Each kind of layer is a file that says all there is to say of it: its weights, the size of its output, what
/// it computes, how it is written as ONNX, and what becomes of it where batch normalisation is folded. No other file lists the kinds, so
/// that a new one is a new file. Shapes of variables are Keras's: kernels [height, width, in, out], dense [in, out].
/// </summary>
/// <param name="Name">Keras's name for the layer.</param>
public abstract record Layer(string Name)
{
    /// <summary>Names of the layers whose outputs it takes; none for the network's <see cref="Input"/>.</summary>
    public abstract IReadOnlyList<string> Inputs { get; }

    /// <summary>The layer's weights, in Keras's order.</summary>
    public virtual IReadOnlyList<LayerVariable> Variables => [];

    /// <summary>Keras's class name, from which Keras 3 makes the paths in its weight files.</summary>
    public abstract string KerasClass { get; }

    /// <summary>What Keras's configuration of the layer says beside its name and type: the arguments of its constructor.</summary>
    public virtual JsonObject KerasArguments() => [];

    /// <summary>The layer's weights as Keras keeps them, in Keras's order.</summary>
    /// <param name="tensors">Holds its weights.</param>
    public virtual IReadOnlyList<NamedTensor> KerasTensors(TensorTable tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        return [.. Variables.Select(variable => tensors[variable.Name])];
    }

    /// <summary>The same layer behind others.</summary>
    /// <param name="map">Gives for the name of a layer that it takes the name of the one to take.</param>
    public abstract Layer Rewire(Func<string, string> map);

    /// <summary>The size of its output.</summary>
    /// <param name="inputs">The sizes of what it takes, in the order of <see cref="Inputs"/>; the network's input for a layer that
    /// takes none.</param>
    /// <exception cref="GyrusException">They are too small for it.</exception>
    /// <exception cref="ArgumentException">They do not fit each other.</exception>
    public abstract LayerShape Shape(IReadOnlyList<LayerShape> inputs);

    /// <summary>Computes it with TorchSharp.</summary>
    /// <param name="inputs">The values of what it takes, as in <see cref="Shape"/>, each [N, C, H, W] or [N, C].</param>
    /// <param name="pass">Its weights, and how exactly they are used.</param>
    /// <returns>A tensor of its own: the inputs are disposed of by the caller.</returns>
    public abstract Tensor Torch(IReadOnlyList<Tensor> inputs, TorchPass pass);

    /// <summary>Writes it as ONNX.</summary>
    /// <param name="inputs">What it takes, as in <see cref="Shape"/>.</param>
    /// <param name="output">The name that its output has to have.</param>
    /// <param name="nodes">Takes the operators.</param>
    /// <exception cref="ArgumentException">It cannot be written.</exception>
    public abstract void Onnx(IReadOnlyList<OnnxValue> inputs, string output, OnnxNodes nodes);

    /// <summary>Writes it for TensorFlow Lite, one image, channels last.</summary>
    /// <param name="inputs">The numbers of the tensors that it takes, as in <see cref="Shape"/>.</param>
    /// <param name="output">The size of its output.</param>
    /// <param name="nodes">Takes the operators.</param>
    /// <returns>The number of its output.</returns>
    /// <exception cref="ArgumentException">It cannot be written.</exception>
    public virtual int Tflite(IReadOnlyList<int> inputs, LayerShape output, TfliteNodes nodes) =>
        throw new ArgumentException($"{Name}: a {GetType().Name} is not written for TensorFlow Lite.");

    /// <summary>What it does to each channel, where that is a scale and a shift alone; null for other layers.</summary>
    /// <param name="tensors">Holds its weights.</param>
    /// <param name="epsilon">The number under batch norm's root that goes with them.</param>
    public virtual ChannelScaling? Scaling(TensorTable tensors, double epsilon) => null;

    /// <summary>Takes a scale and a shift of each channel of its output into its own weights.</summary>
    /// <param name="scaling">The scale and the shift.</param>
    /// <param name="tensors">Holds its weights.</param>
    /// <returns>The layer that does both, with its weights; null where a layer of this kind cannot, and the scaling stays a layer
    /// behind it.</returns>
    public virtual (Layer Layer, IReadOnlyList<NamedTensor> Tensors)? Absorb(ChannelScaling scaling, TensorTable tensors) => null;

    /// <summary>The layer whose output it hands on unchanged outside training; null for a layer that computes something.</summary>
    public virtual string? HandsOn => null;

    /// <summary>Whether its output is features: not the image, nor others' features with a border around them.</summary>
    public virtual bool GivesFeatures => true;

    /// <summary>One of its weights' names.</summary>
    internal string VariableName(string variable) => $"{Name}/{variable}";
}

/// <summary>A layer that takes one other.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="From">The layer it takes.</param>
public abstract record UnaryLayer(string Name, string From) : Layer(Name)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Inputs => [From];

    /// <inheritdoc/>
    public override Layer Rewire(Func<string, string> map) => this with { From = map(From) };
}
