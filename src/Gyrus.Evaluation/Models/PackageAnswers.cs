using Gyrus.Data.Manifests;
using Gyrus.Evaluation.Scans;
using Gyrus.Inference;

namespace Gyrus.Evaluation.Models;

/// <summary>Asks a model package.</summary>
public static class PackageAnswers
{
    /// <summary>What it says of images.</summary>
    /// <param name="classifier">The package.</param>
    /// <param name="manifest">The images.</param>
    /// <param name="progress">Takes the number of images done.</param>
    /// <param name="onUnusable">Told why an image was left out.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was set.</exception>
    public static ModelAnswers Of(
        ScanClassifier classifier,
        Manifest manifest,
        IProgress<WorkProgress>? progress,
        Action<string> onUnusable,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(onUnusable);
        var scans = new List<ScoredScan>();
        var results = classifier.Classify(
            manifest.Rows, manifest.FullPath, row => ManifestScans.Read(manifest, row), progress, cancellation);
        foreach (var (row, result) in manifest.Rows.Zip(results))
        {
            if (result.Probabilities is null) onUnusable(result.Error!);
            else scans.Add(new ScoredScan(row.Path, row.Sha256, classifier.Labels.IndexOf(row.Label), result.Uncalibrated!) { Labels = classifier.Labels });
        }
        var description = classifier.Package.Manifest;
        return new ModelAnswers(scans, description.TrainingImages.ToHashSet(), description.SelectionImages.ToHashSet(), description.Trust);
    }
}
