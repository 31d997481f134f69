using Gyrus.Learning.Export;
using Gyrus.Models;
using Microsoft.ML.OnnxRuntime;
using static TorchSharp.torch;

namespace Gyrus.Learning.Training;

/// <summary>What a teacher says of a batch.</summary>
/// <param name="Logits">[N, L].</param>
/// <param name="Evidence">[N, H, W]: what each cell adds to the log-odds of a tumour; null where its network does not say.</param>
internal sealed record TeachersAnswer(Tensor Logits, Tensor? Evidence);

/// <summary>The network of a model package, asked about the images that a smaller one is shown, changed as they are: Beyer et al. 2022, "Knowledge distillation: a good teacher is patient and
/// consistent".</summary>
internal sealed class Teacher : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly string _input;
    private readonly string[] _outputs;

    private Teacher(ModelPackage package, InferenceSession session)
    {
        (_session, _input) = (session, package.Description.Outputs.Input);
        _outputs = package.Description.Outputs is { Evidence: { } evidence } outputs ? [outputs.Logits, evidence] : [package.Description.Outputs.Logits];
    }

    /// <summary>Opens a package's network.</summary>
    /// <param name="package">The package.</param>
    /// <exception cref="GyrusException">The network is not the package's, or cannot be loaded.</exception>
    public static Teacher Open(ModelPackage package)
    {
        NetworkFile.Require(package);
        try
        {
            return new(package, OnnxSession.Open(package.OnnxPath));
        }
        catch (OnnxRuntimeException e)
        {
            throw new GyrusException($"{package.OnnxPath}: ONNX Runtime cannot load this network ({e.Message}). Export the model again.", e);
        }
    }

    /// <summary>Answers a batch.</summary>
    /// <param name="inputs">[N, 3, Size, Size].</param>
    /// <returns>Tensors beside the inputs, for the caller to dispose.</returns>
    public TeachersAnswer Answer(Tensor inputs)
    {
        using var there = inputs.cpu().contiguous();
        using var images = OrtValue.CreateTensorValueFromMemory(there.data<float>().ToArray(), there.shape);
        using var outputs = _session.Run(_run, [_input], [images], _outputs);
        Tensor Of(int output) => tensor(outputs[output].GetTensorDataAsSpan<float>().ToArray(), outputs[output].GetTensorTypeAndShape().Shape, device: inputs.device);
        return new(Of(0), _outputs.Length > 1 ? Of(1) : null);
    }

    public void Dispose()
    {
        _run.Dispose();
        _session.Dispose();
    }
}
