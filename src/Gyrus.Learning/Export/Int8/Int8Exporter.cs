using Google.Protobuf;
using Gyrus.Learning.Onnx;

namespace Gyrus.Learning.Export.Int8;

/// <summary>
/// Writes a network as an ONNX file whose backbone is computed in eight bits: static quantisation after training, as in
/// Jacob et al. 2018, "Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference".
/// Kernels are symmetric with a scale for each filter, values inside asymmetric with one for each layer. The sums are exact on every
/// processor (<see cref="Int8Weights.Largest"/>).
/// </summary>
public sealed class Int8Exporter
{
    private readonly ModelProto _model;
    private readonly Int8Points _points;
    private readonly IReadOnlyDictionary<string, ValueHistogram> _values;
    private readonly IReadOnlyDictionary<string, string> _layers;

    private Int8Exporter(
        ModelProto model, Int8Points points, IReadOnlyDictionary<string, ValueHistogram> values, IReadOnlyDictionary<string, string> layers)
    {
        (_model, _points, _values, _layers) = (model, points, values, layers);
    }

    /// <summary>The values that are held in eight bits, by their names in the file, and their ranges.</summary>
    /// <param name="coverage">As in <see cref="Write"/>.</param>
    public IReadOnlyDictionary<string, ValueRange> Ranges(double coverage) =>
        _values.ToDictionary(pair => pair.Key, pair => pair.Value.Range(coverage));

    /// <summary>The values that are held in eight bits, by the names of the layers that give them, or of the value inside a layer, and their ranges.</summary>
    /// <param name="coverage">As in <see cref="Write"/>.</param>
    internal IReadOnlyDictionary<string, ValueRange> LayerRanges(double coverage)
    {
        var ranges = Ranges(coverage);
        return _points.Values.ToDictionary(pair => _layers.GetValueOrDefault(pair.Key, pair.Key), pair => ranges[pair.Value]);
    }

    /// <summary>Measures what values the network has inside.</summary>
    /// <param name="model">The network, stored in float32.</param>
    /// <param name="images">Preprocessed images of the kind that the network is for, each [3, size, size]; about a
    /// hundred.</param>
    /// <exception cref="GyrusException">There is no image, or the network gives something that is no number.</exception>
    /// <exception cref="ArgumentException">The network is stored in float16, or cannot be written: see
    /// <see cref="OnnxExporter.Write(Stream, OnnxModel)"/>.</exception>
    public static Int8Exporter Calibrate(OnnxModel model, IReadOnlyList<float[]> images)
    {
        if (model.Float16) throw new ArgumentException("eight bits are made of float32", nameof(model));
        var proto = OnnxExporter.Proto(model, out var eightBits);
        PadFolding.Fold(proto.Graph);
        var points = Int8Points.Of(proto.Graph, eightBits, model.Names.Activations!);
        return new Int8Exporter(
            proto, points,
            Int8Calibration.Measure(proto, [.. points.Values.Values.Distinct()], images, model.InputSize),
            new Dictionary<string, string> { [model.Names.Input] = model.Network.Input, [model.Names.Activations!] = model.FeatureMapLayer });
    }

    /// <summary>Writes the file, whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="coverage">The share of the measured values that keep their place at either end of a range: 1 for all,
    /// 0.9999 to leave out the outermost ten-thousandth, and have finer steps for the rest.</param>
    public void Write(string path, double coverage)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(coverage);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(coverage, 1);
        var model = _model.Clone();
        new Int8Graph(model.Graph, _points, Ranges(coverage)).Rewrite();
        AtomicFile.Write(path, stream => model.WriteTo(stream));
    }
}
