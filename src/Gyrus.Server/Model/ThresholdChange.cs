using Gyrus.Inference;
using Gyrus.Package;

namespace Gyrus.Server.Model;

/// <summary>A threshold for tumour that is not the model's own.</summary>
/// <param name="Told">The one that the service was told.</param>
/// <param name="Own">The model's.</param>
public sealed record ThresholdChange(double Told, double Own)
{
    /// <summary>The change; null where the model's own threshold holds.</summary>
    public static ThresholdChange? Of(ScanClassifier classifier, ServiceOptions options)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentNullException.ThrowIfNull(options);
        double own = (classifier.Package.Manifest.Trust ?? TrustSettings.None).Threshold.Threshold;
        return options.Threshold is { } told && told != own ? new ThresholdChange(told, own) : null;
    }
}
