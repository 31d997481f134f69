using Gyrus.Imaging;
using Gyrus.Inference.HeatMaps;
using Gyrus.Package;

namespace Gyrus.Inference;

/// <summary>What the classifier says of one file: either an answer or an error, all but <see cref="Path"/> and
/// <see cref="Error"/> being null where the file could not be read.</summary>
/// <param name="Path">The file, as it was named.</param>
/// <param name="Error">What is wrong with the file and what to do; null where there is an answer.</param>
public sealed record ScanResult(string Path, string? Error)
{
    /// <summary>Whether the image is one that the network can say something about: readable, and not refused. The
    /// answer of an image that is refused means nothing.</summary>
    public bool Accepted => Error is null && Reason is null;

    /// <summary>Why the image is refused, as a sentence; null where it is not.</summary>
    public string? Reason { get; init; }

    /// <summary>The most probable of the labels that go with <see cref="Modality"/> and <see cref="IsTumour"/>, so that an answer tells
    /// one story; where several tumour labels reach the threshold together, a healthy one may be more probable than each.</summary>
    public ScanLabel? Label { get; private init; }

    /// <summary>[7], calibrated, in the order of <see cref="ScanLabel.All"/>, summing to 1.</summary>
    public float[]? Probabilities { get; private init; }

    /// <summary>The network's own probabilities, before calibration, likewise.</summary>
    public float[]? Uncalibrated { get; private init; }

    /// <summary>The calibrated probability of any tumour, 0 to 1: the sum over the labels that name one.</summary>
    public double? Tumour { get; private init; }

    /// <summary>The tumour probability from which an image is called a tumour.</summary>
    public double? Threshold { get; private init; }

    /// <summary>Whether the image is called a tumour: whether <see cref="Tumour"/> reaches <see cref="Threshold"/>.</summary>
    public bool? IsTumour { get; private init; }

    /// <summary>The modality whose labels have the larger sum of probabilities.</summary>
    public Modality? Modality { get; private init; }

    /// <summary>The most probable of the typed MRI tumours, where the image is an MRI that is called a tumour; else
    /// null.</summary>
    public ScanLabel? Type { get; private init; }

    /// <summary>The conformal set, the most probable label first: it holds the true label as often as the package
    /// promises. Null where the package makes none, as where no label had enough validation images.</summary>
    public IReadOnlyList<ScanLabel>? Set { get; private init; }

    /// <summary>A picture that shows where the answer comes from; null where none was asked for.</summary>
    public DrawnHeatMap? Picture { get; init; }

    /// <summary>The PNG file that shows where the answer comes from; null where none was asked for.</summary>
    public string? HeatMap { get; init; }

    private static readonly int[] Types =
        [.. ((string[])["mri_glioma", "mri_meningioma", "mri_pituitary"]).Select(ScanLabel.IndexOf)];

    /// <summary>The answer that a network's logits make; an error where they make no probabilities, since nothing may be called
    /// healthy for want of a number.</summary>
    /// <param name="path">The file, as it was named.</param>
    /// <param name="logits">[7], in the order of <see cref="ScanLabel.All"/>.</param>
    /// <param name="trust">What was learnt about the network on validation.</param>
    /// <param name="threshold">The threshold for tumour; null for the one in <paramref name="trust"/>.</param>
    public static ScanResult Answer(
        string path, ReadOnlySpan<float> logits, TrustSettings trust, double? threshold = null)
    {
        ArgumentNullException.ThrowIfNull(trust);
        var uncalibrated = logits.ToArray();
        Softmax.InPlace(uncalibrated);
        var probabilities = logits.ToArray();
        Softmax.InPlace(probabilities, trust.Temperature);
        if (!Array.TrueForAll(probabilities, float.IsFinite) || !Array.TrueForAll(uncalibrated, float.IsFinite))
            return Unreadable(path, $"{path}: the network's answer to this image is no number; use another model, or export it again");
        double mri = ScanLabel.All.Zip(probabilities).Where(pair => pair.First.Modality == Imaging.Modality.Mri)
            .Sum(pair => (double)pair.Second);
        var modality = mri >= 0.5 ? Imaging.Modality.Mri : Imaging.Modality.Ct;
        double tumour = ScanLabel.TumourProbability(probabilities);
        double line = threshold ?? trust.Threshold.Threshold;
        return new ScanResult(path, Error: null)
        {
            Label = Told(probabilities, modality, tumour >= line),
            Probabilities = probabilities,
            Uncalibrated = uncalibrated,
            Tumour = tumour,
            Threshold = line,
            IsTumour = tumour >= line,
            Modality = modality,
            Type = tumour >= line && modality == Imaging.Modality.Mri
                ? ScanLabel.All[Types.MaxBy(type => probabilities[type])] : null,
            Set = !trust.Conformal.MakesSets ? null
                : [.. trust.Conformal.Set(probabilities).Select(label => ScanLabel.All[label])],
        };
    }

    private static ScanLabel Told(float[] probabilities, Modality modality, bool isTumour) => ScanLabel.All.Zip(probabilities)
        .Where(pair => pair.First.Modality == modality && pair.First.IsTumour == isTumour)
        .MaxBy(pair => pair.Second).First;

    /// <summary>The result of a file that could not be read.</summary>
    /// <param name="path">The file, as it was named.</param>
    /// <param name="error">What is wrong and what to do.</param>
    public static ScanResult Unreadable(string path, string error) => new(path, error);
}
