using Gyrus.Learning.Training;
using TorchSharp;
using TorchSharp.Modules;

namespace Gyrus.Learning.Runs;

/// <summary>Writes a run's epochs as TensorBoard events.</summary>
internal sealed class TrainingEvents(string folder) : IDisposable
{
    private readonly SummaryWriter _writer = torch.utils.tensorboard.SummaryWriter(Path.Combine(folder, "tensorboard"));

    public void Write(EpochRecord epoch)
    {
        foreach (var (part, figures) in new[] { ("train", epoch.Train), ("val", epoch.Val) })
        {
            _writer.add_scalar($"loss/{part}", (float)figures.Loss, epoch.Epoch);
            _writer.add_scalar($"accuracy/{part}", (float)figures.Accuracy, epoch.Epoch);
            _writer.add_scalar($"tumour_recall/{part}", (float)figures.TumourRecall, epoch.Epoch);
        }
    }

    public void Dispose() => (_writer as IDisposable)?.Dispose();
}
