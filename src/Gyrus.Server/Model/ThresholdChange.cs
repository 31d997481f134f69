using Gyrus.Inference;
using Gyrus.Models.Trust;

namespace Gyrus.Server.Model;

/// <summary>A threshold for tumour that is not the model's own.</summary>
/// <param name="Told">The one that the service was told.</param>
/// <param name="Own">The model's.</param>
public sealed record ThresholdChange(double Told, double Own)
{
    /// <summary>The change; null where the model's own threshold holds.</summary>
    /// <param name="classifier">The model.</param>
    /// <param name="told">The threshold that the service was told; null for none.</param>
    public static ThresholdChange? Of(ScanClassifier classifier, double? told)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        double own = (classifier.Package.Description.Trust ?? TrustSettings.None).Threshold.Threshold;
        return told is { } other && other != own ? new ThresholdChange(other, own) : null;
    }
}
