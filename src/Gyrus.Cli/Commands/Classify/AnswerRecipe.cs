using System.Globalization;
using System.Security.Cryptography;
using Gyrus.Dicom.Display;
using Gyrus.Inference;
using Gyrus.Inference.HeatMaps;
using Gyrus.Inference.Studies;
using Gyrus.Models;
using Gyrus.Models.Trust;

namespace Gyrus.Cli.Commands.Classify;

/// <summary>What made an answer, in one line: everything but the image that decides it. Answers of two recipes do not belong into
/// one file.</summary>
internal static class AnswerRecipe
{
    /// <summary>The model by its name and by the hash of its <c>model.json</c>, which names the network's; threshold, views,
    /// heat maps, what is answered and through which window, and the version of Gyrus, which decodes.</summary>
    public static string Of(ScanClassifier classifier, ClassifyRequest request, AnswerLevel level)
    {
        var model = classifier.Package.Description;
        var hash = Convert.ToHexStringLower(SHA256.HashData(
            File.ReadAllBytes(Path.Combine(classifier.Package.Folder, ModelPackage.DescriptionFile))));
        double line = request.Threshold ?? (model.Trust ?? TrustSettings.None).Threshold.Threshold;
        return string.Create(CultureInfo.InvariantCulture,
            $"{model.Name} {model.Version} ({hash[..12]}), threshold {line}, views {request.Views}, heat maps "
            + $"{HeatMaps(request.HeatMaps)}, {(level == AnswerLevel.Slice ? "" : $"level {level.ToString().ToLowerInvariant()}, ")}{Window(request.Window)}gyrus {typeof(ScanClassifier).Assembly.GetName().Version}");
    }

    private static string Window(GreyWindow? window) => window is null ? "" : string.Create(CultureInfo.InvariantCulture, $"window {window.Centre},{window.Width}, ");

    private static string HeatMaps(HeatMapOptions? wanted) => wanted is null ? "none"
        : (wanted.Method ?? HeatMapMethod.Cam).Name + (wanted.Label is { } label ? $" of {label}" : "");
}
