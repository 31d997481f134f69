using Gyrus.Imaging;

namespace Gyrus.Inference;

/// <summary>What the classifier says of one file: either an answer or an error.</summary>
/// <param name="Path">The file, as it was named.</param>
/// <param name="Label">The most probable label; null where the file could not be read.</param>
/// <param name="Probabilities">[7], in the order of <see cref="ScanLabel.All"/>, summing to 1; null where the file could
/// not be read.</param>
/// <param name="Tumour">The probability of any tumour, 0 to 1: the sum over the labels that name one; null where the
/// file could not be read.</param>
/// <param name="Modality">The modality whose labels have the larger sum of probabilities; null where the file could not
/// be read.</param>
/// <param name="Error">What is wrong with the file and what to do; null where there is an answer.</param>
/// <param name="HeatMap">The PNG file that shows where the answer comes from; null where none was asked for.</param>
public sealed record ScanResult(
    string Path,
    ScanLabel? Label,
    float[]? Probabilities,
    double? Tumour,
    Modality? Modality,
    string? Error,
    string? HeatMap = null)
{
    /// <summary>The answer that a network's probabilities make.</summary>
    /// <param name="path">The file, as it was named.</param>
    /// <param name="probabilities">[7], in the order of <see cref="ScanLabel.All"/>.</param>
    public static ScanResult Answer(string path, float[] probabilities)
    {
        int best = 0;
        double mri = 0;
        for (int i = 0; i < probabilities.Length; i++)
        {
            if (probabilities[i] > probabilities[best]) best = i;
            if (ScanLabel.All[i].Modality == Imaging.Modality.Mri) mri += probabilities[i];
        }
        return new ScanResult(
            path,
            ScanLabel.All[best],
            probabilities,
            ScanLabel.TumourProbability(probabilities),
            mri >= 0.5 ? Imaging.Modality.Mri : Imaging.Modality.Ct,
            Error: null);
    }

    /// <summary>The result of a file that could not be read.</summary>
    /// <param name="path">The file, as it was named.</param>
    /// <param name="error">What is wrong and what to do.</param>
    public static ScanResult Unreadable(string path, string error) => new(path, null, null, null, null, error);
}
