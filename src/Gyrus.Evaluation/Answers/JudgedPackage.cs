using Gyrus.Data.Manifests;
using Gyrus.Evaluation.Scans;
using Gyrus.Imaging.Labels;
using Gyrus.Inference;

namespace Gyrus.Evaluation.Answers;

/// <summary>A model package that is judged.</summary>
/// <param name="classifier">The package; it is closed with this.</param>
public sealed class JudgedPackage(ScanClassifier classifier) : JudgedModel
{
    /// <inheritdoc/>
    public override LabelSet Labels => classifier.Labels;

    /// <inheritdoc/>
    public override ModelAnswers Ask(
        Manifest whole, Manifest part, IProgress<WorkProgress>? progress, Action<string> onUnusable, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(part);
        ArgumentNullException.ThrowIfNull(onUnusable);
        var scans = new List<ScoredScan>();
        var results = classifier.Classify(part.Rows, part.FullPath, row => ManifestScans.Read(part, row), progress, cancel: cancellation);
        foreach (var (row, result) in part.Rows.Zip(results))
        {
            if (result.Probabilities is null) onUnusable(result.Error!);
            else scans.Add(Scored(part, row, result));
        }
        var description = classifier.Package.Description;
        return new ModelAnswers(scans, description.TrainingImages.ToHashSet(), description.SelectionImages.ToHashSet(), description.Trust);
    }

    private ScoredScan Scored(Manifest part, ManifestRow row, ScanResult result) =>
        new(row.Path, row.Sha256, Labels.IndexOf(row.Label), result.Uncalibrated!)
        {
            Labels = Labels,
            Source = part.Value(row, KnownColumns.Source),
            Accepted = result.Accepted,
        };

    /// <inheritdoc/>
    public override ScanClassifier Explainer() => classifier;

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) classifier.Dispose();
    }
}
