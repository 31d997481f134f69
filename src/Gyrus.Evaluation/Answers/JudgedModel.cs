using Gyrus.Data.Manifests;
using Gyrus.Imaging.Labels;
using Gyrus.Inference;

namespace Gyrus.Evaluation.Answers;

/// <summary>A model that is to be judged: a package, or a run of training.</summary>
public abstract class JudgedModel : IDisposable
{
    /// <summary>The labels that it tells apart.</summary>
    public abstract LabelSet Labels { get; }

    /// <summary>What it says of images.</summary>
    /// <param name="whole">The data set, with all its parts: what it was chosen on may tell how far to trust it.</param>
    /// <param name="part">The images that it is asked about.</param>
    /// <param name="progress">Takes the number of images done.</param>
    /// <param name="onUnusable">Told why an image was left out.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was set.</exception>
    public abstract ModelAnswers Ask(
        Manifest whole, Manifest part, IProgress<WorkProgress>? progress, Action<string> onUnusable, CancellationToken cancellation);

    /// <summary>What gives the heat maps of its answers; it is closed with the model.</summary>
    public abstract ScanClassifier Explainer();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes what was opened.</summary>
    /// <param name="disposing">Whether it is closed, and not collected.</param>
    protected abstract void Dispose(bool disposing);
}
