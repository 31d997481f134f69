using Gyrus.Data.Manifests;
using Gyrus.Evaluation.Answers;
using Gyrus.Evaluation.TrustFitting;
using Gyrus.Imaging.Labels;
using Gyrus.Inference;

namespace Gyrus.Learning.Runs;

/// <summary>A run that is judged. How far to trust its answers is learnt anew from the images that its epoch was chosen on.</summary>
/// <param name="run">The run.</param>
/// <param name="trust">What is learnt.</param>
/// <param name="featureFolder">Where features are cached.</param>
public sealed class JudgedRun(TrainedRun run, TrustOptions trust, string featureFolder) : JudgedModel
{
    private ScanClassifier? _explainer;
    private string? _package;

    /// <inheritdoc/>
    public override LabelSet Labels => run.Labels;

    /// <inheritdoc/>
    public override ModelAnswers Ask(
        Manifest whole, Manifest part, IProgress<WorkProgress>? progress, Action<string> onUnusable, CancellationToken cancellation)
    {
        var observer = new RunObserver(progress, OnUnusable: scan => onUnusable(scan.Reason));
        return new ModelAnswers(
            [.. run.Score(part, featureFolder, observer, cancellation)],
            run.Record.TrainingImages.ToHashSet(),
            run.Record.SelectionImages.ToHashSet(),
            run.LearnTrust(whole, trust, featureFolder, observer, cancellation));
    }

    /// <inheritdoc/>
    public override ScanClassifier Explainer()
    {
        if (_explainer is not null) return _explainer;
        _package = Directory.CreateTempSubdirectory("gyrus-").FullName;
        var folder = Path.Combine(_package, "model");
        RunExport.WriteUnchecked(run, folder);
        return _explainer = ScanClassifier.Open(folder);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _explainer?.Dispose();
        if (_package is not null) Directory.Delete(_package, recursive: true);
        _package = null;
    }
}
