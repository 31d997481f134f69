using Google.Protobuf;
using Gyrus.Learning.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace Gyrus.Learning.Export.Int8;

/// <summary>Measures what values a network in float32 has inside on some images.</summary>
internal static class Int8Calibration
{
    private const int BatchSize = 4;

    /// <summary>Runs the network and counts its values.</summary>
    /// <param name="model">The network.</param>
    /// <param name="names">The values that are wanted.</param>
    /// <param name="images">Preprocessed images, each [3, size, size].</param>
    /// <param name="size">Width and height of an image.</param>
    /// <returns>For each name its values.</returns>
    /// <exception cref="GyrusException">A value is no number, or there is no image.</exception>
    public static IReadOnlyDictionary<string, ValueHistogram> Measure(
        ModelProto model, IReadOnlyCollection<string> names, IReadOnlyList<float[]> images, int size)
    {
        if (images.Count == 0)
        {
            throw new GyrusException("There is no image to measure the network's values on, which eight bits need. "
                + "Name a manifest whose training images are there.");
        }
        var input = model.Graph.Input.Single().Name;
        var histograms = names.ToDictionary(name => name, _ => new ValueHistogram());
        var inside = names.Where(name => name != input).ToList();
        using var sessionOptions = OnnxSession.Options();
        using var session = new InferenceSession(WithOutputs(model, inside).ToByteArray(), sessionOptions);
        using var options = new RunOptions();
        foreach (var chunk in images.Chunk(BatchSize))
        {
            var batch = chunk.SelectMany(values => values).ToArray();
            using var tensor = OrtValue.CreateTensorValueFromMemory(batch, [chunk.Length, 3, size, size]);
            using var outputs = session.Run(options, [input], [tensor], inside);
            if (histograms.TryGetValue(input, out var pixels)) Count(input, pixels, batch);
            foreach (var (name, output) in inside.Zip(outputs))
            {
                Count(name, histograms[name], output.GetTensorDataAsSpan<float>());
            }
        }
        return histograms;
    }

    private static void Count(string name, ValueHistogram histogram, ReadOnlySpan<float> values)
    {
        if (histogram.Add(values)) return;
        throw new GyrusException($"The network gives something that is no number at {name}, so it cannot be brought to "
            + "eight bits. Look at the run's learning curves: it has diverged, or its weights are damaged.");
    }

    private static ModelProto WithOutputs(ModelProto model, IEnumerable<string> names)
    {
        var tapped = model.Clone();
        tapped.Graph.Output.Clear();
        var tensor = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float32 };
        foreach (var name in names)
        {
            tapped.Graph.Output.Add(new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = tensor } });
        }
        return tapped;
    }
}
