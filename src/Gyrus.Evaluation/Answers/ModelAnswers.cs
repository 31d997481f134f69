using Gyrus.Data.Manifests;
using Gyrus.Evaluation.Scans;
using Gyrus.Evaluation.TrustFitting;
using Gyrus.Models.Trust;

namespace Gyrus.Evaluation.Answers;

/// <summary>What a model says of a data set, and what it knows of it.</summary>
/// <param name="Scans">The images that could be read, with the network's own probabilities.</param>
/// <param name="TrainingImages">SHA-256 of the images that it was fitted on, lower-case hexadecimal.</param>
/// <param name="SelectionImages">SHA-256 of the images that its epoch was chosen on.</param>
/// <param name="Trust">What was learnt on validation; null where nothing was.</param>
public sealed record ModelAnswers(
    IReadOnlyList<ScoredScan> Scans, IReadOnlySet<string> TrainingImages, IReadOnlySet<string> SelectionImages, TrustSettings? Trust)
{
    /// <summary>The answers as the model gives them, at its temperature, from its threshold on and with its sets.</summary>
    public IReadOnlyList<ScoredScan> Calibrated() => Trust is null ? Scans : [.. Scans.Select(scan => TrustedAnswer.Of(scan, Trust))];

    /// <summary>The same with the copies of known images known too.</summary>
    /// <param name="manifest">The data set, whole; its groups tell copies.</param>
    public ModelAnswers KnowingCopies(Manifest manifest) => this with
    {
        TrainingImages = KnownScans.WithCopies(manifest, TrainingImages),
        SelectionImages = KnownScans.WithCopies(manifest, SelectionImages),
    };
}
