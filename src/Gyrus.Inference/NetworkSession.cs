using Gyrus.Imaging;
using Gyrus.Package;
using Microsoft.ML.OnnxRuntime;

namespace Gyrus.Inference;

/// <summary>
/// A package's network in ONNX Runtime. Each call computes on the thread that makes it: batches side by side use the
/// cores better than the threads of one batch do, which wait for one another at every layer.
/// </summary>
internal sealed class NetworkSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly string[] _inputs;
    private readonly string[] _outputs;
    private readonly Preprocessing _preprocessing;

    /// <exception cref="GyrusException">The file is no network of this package.</exception>
    public NetworkSession(ModelPackage package)
    {
        _preprocessing = package.Manifest.Preprocessing;
        _inputs = [package.Manifest.Outputs.Input];
        _outputs = [package.Manifest.Outputs.Logits];
        using var options = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        if (ByteProducts.AreCutOff) options.AddSessionConfigEntry(ByteProducts.ExactSetting, "1");
        try
        {
            _session = new InferenceSession(package.OnnxPath, options);
        }
        catch (OnnxRuntimeException e)
        {
            throw new GyrusException($"{package.OnnxPath}: ONNX Runtime cannot load this network ({e.Message}). The file "
                + "is damaged or not of this package: export the model again.", e);
        }
        try
        {
            RequireShape(package, _session.InputMetadata, _inputs[0], 3, _preprocessing.Size, _preprocessing.Size);
            RequireShape(package, _session.OutputMetadata, _outputs[0], ScanLabel.All.Count);
        }
        catch
        {
            _session.Dispose();
            throw;
        }
    }

    /// <summary>Computes the logits of a batch. May be called from many threads at once.</summary>
    /// <param name="batch">A pinned array that begins with the images, [count, 3, size, size].</param>
    /// <param name="count">The number of images.</param>
    /// <param name="logits">Takes [count, 7].</param>
    public void Run(float[] batch, int count, Span<float> logits)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(
            OrtMemoryInfo.DefaultInstance,
            batch.AsMemory(0, count * _preprocessing.Length),
            [count, 3, _preprocessing.Size, _preprocessing.Size]);
        using var outputs = _session.Run(_runOptions, _inputs, [input], _outputs);
        outputs[0].GetTensorDataAsSpan<float>().CopyTo(logits);
    }

    public void Dispose()
    {
        _runOptions.Dispose();
        _session.Dispose();
    }

    private static void RequireShape(
        ModelPackage package, IReadOnlyDictionary<string, NodeMetadata> values, string name, params int[] sizes)
    {
        if (values.TryGetValue(name, out var value) && value.Dimensions.Skip(1).SequenceEqual(sizes)) return;
        var found = values.TryGetValue(name, out value) ? $"is [{string.Join(", ", value.Dimensions)}]" : "is missing";
        throw new GyrusException($"{package.OnnxPath}: '{name}' {found}, and {ModelPackage.ManifestFile} needs "
            + $"[N, {string.Join(", ", sizes)}]. The two files are not of one model: export it again.");
    }
}
