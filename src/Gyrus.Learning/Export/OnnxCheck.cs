using System.Globalization;
using Gyrus.Learning.Tensors;
using Gyrus.Models;
using Microsoft.ML.OnnxRuntime;

namespace Gyrus.Learning.Export;

/// <summary>
/// Compares an exported file, run by ONNX Runtime, with the network that it was written from. An export with float16
/// storage is compared with the network of the rounded weights (<see cref="Float16Weights.Round"/>): that is the
/// network in the file, and any difference is the exporter's.
/// </summary>
public static class OnnxCheck
{
    /// <summary>The largest difference of a probability that an export may show.</summary>
    public const double Tolerance = 1e-4;

    private const int BatchSize = 8;

    /// <summary>Runs both and compares their probabilities.</summary>
    /// <param name="path">The ONNX file.</param>
    /// <param name="names">Names of its input and outputs.</param>
    /// <param name="inputSize">Width and height of its input in pixels.</param>
    /// <param name="inputs">Preprocessed images, each [3, size, size].</param>
    /// <param name="probabilities">The network: [n, 3, size, size] to probabilities, [n, 7].</param>
    /// <returns>The largest absolute difference of a probability, 0 to 1; NaN where either gave one.</returns>
    /// <exception cref="GyrusException">ONNX Runtime cannot run the file.</exception>
    public static double Compare(
        string path,
        ModelOutputs names,
        int inputSize,
        IEnumerable<float[]> inputs,
        Func<float[], float[]> probabilities)
    {
        double largest = 0;
        try
        {
            using var session = OnnxSession.Open(path);
            foreach (var chunk in inputs.Chunk(BatchSize))
            {
                var batch = chunk.SelectMany(values => values).ToArray();
                var expected = probabilities(batch);
                var actual = Probabilities(session, names, batch, [chunk.Length, 3, inputSize, inputSize]);
                if (expected.Length != actual.Length)
                {
                    throw new ArgumentException(
                        $"{expected.Length} probabilities where the file gives {actual.Length}.", nameof(probabilities));
                }
                for (int i = 0; i < actual.Length; i++)
                {
                    // Math.Max keeps NaN, and so must a check.
                    largest = Math.Max(largest, Math.Abs((double)actual[i] - expected[i]));
                }
            }
        }
        catch (OnnxRuntimeException e)
        {
            throw new GyrusException($"{path}: ONNX Runtime cannot run this export ({e.Message}). "
                + "This is a defect of the exporter: please report it.", e);
        }
        return largest;
    }

    /// <summary>Compares as <see cref="Compare"/> does and refuses an export that differs too much.</summary>
    /// <returns>The largest absolute difference of a probability, at most <see cref="Tolerance"/>.</returns>
    /// <exception cref="GyrusException">The difference is above <see cref="Tolerance"/>, or the file cannot be
    /// run.</exception>
    public static double Require(
        string path,
        ModelOutputs names,
        int inputSize,
        IEnumerable<float[]> inputs,
        Func<float[], float[]> probabilities)
    {
        var difference = Compare(path, names, inputSize, inputs, probabilities);
        if (difference <= Tolerance) return difference;
        throw new GyrusException(string.Create(CultureInfo.InvariantCulture,
            $"{path}: the export differs from the trained network by {difference:0.######} in a probability; ")
            + "at most 0.0001 is allowed. Do not use the file; export again, or report this with the run's folder.");
    }

    /// <summary>The probabilities that a file gives for images, each [3, size, size].</summary>
    /// <returns>For each image [7].</returns>
    internal static List<float[]> Probabilities(
        string path, ModelOutputs names, int inputSize, IReadOnlyList<float[]> inputs)
    {
        using var session = OnnxSession.Open(path);
        List<float[]> all = [];
        foreach (var chunk in inputs.Chunk(BatchSize))
        {
            var batch = chunk.SelectMany(values => values).ToArray();
            var answers = Probabilities(session, names, batch, [chunk.Length, 3, inputSize, inputSize]);
            all.AddRange(answers.Chunk(answers.Length / chunk.Length));
        }
        return all;
    }

    private static float[] Probabilities(InferenceSession session, ModelOutputs names, float[] batch, long[] shape)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(batch, shape);
        using var options = new RunOptions();
        using var outputs = session.Run(options, [names.Input], [input], [names.Logits]);
        var logits = outputs[0].GetTensorDataAsSpan<float>().ToArray();
        int labels = logits.Length / (int)shape[0];
        for (int at = 0; at < logits.Length; at += labels)
        {
            Softmax.InPlace(logits.AsSpan(at, labels));
        }
        return logits;
    }
}
