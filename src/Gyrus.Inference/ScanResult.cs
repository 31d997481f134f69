using Gyrus.Imaging.Labels;
using Gyrus.Inference.HeatMaps;
using Gyrus.Models;
using Gyrus.Models.Trust;

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

    /// <summary>Whether <see cref="Reason"/> is only that the model is not sure: its answer to the image counts among those of other slices.</summary>
    public bool IsUnsure { get; init; }

    /// <summary>The place of the image's kind among those that the package knows (<see cref="KnownKinds"/>); null where it knows none, or the image is no head.</summary>
    public int? Kind { get; init; }

    /// <summary>The head's share of the image, 0 to 1; null where none was looked for or found.</summary>
    public double? HeadShare { get; init; }

    /// <summary>What an answer is worth on images made like this one, as a sentence: how many tumours and how many heads without one the model got right
    /// among those kept from its training; null where the package does not say, or the image is refused.</summary>
    public string? Worth { get; init; }

    /// <summary>The most probable of the labels that go with <see cref="Modality"/> and <see cref="IsTumour"/>, so that an answer tells
    /// one story; where several tumour labels reach the threshold together, a healthy one may be more probable than each.</summary>
    public ScanLabel? Label { get; private init; }

    /// <summary>The labels that the network gives, in the order of <see cref="Probabilities"/>.</summary>
    public LabelSet? Labels { get; private init; }

    /// <summary>[L], calibrated, in the order of <see cref="Labels"/>, summing to 1.</summary>
    public float[]? Probabilities { get; private init; }

    /// <summary>The network's own probabilities, before calibration, likewise.</summary>
    public float[]? Uncalibrated { get; private init; }

    /// <summary>[L], what the network gave, of which <see cref="Answer"/> makes all this: another machine that has the model can make the same of them.</summary>
    public float[]? Logits { get; private init; }

    /// <summary>The calibrated probability of any tumour, 0 to 1: the sum over the labels that name one. Null, as are threshold and verdict, where
    /// the labels do not tell tumours from the healthy.</summary>
    public double? Tumour { get; private init; }

    /// <summary>The tumour probability from which an image is called a tumour.</summary>
    public double? Threshold { get; private init; }

    /// <summary>Whether the image is called a tumour: whether <see cref="Tumour"/> reaches <see cref="Threshold"/>.</summary>
    public bool? IsTumour { get; private init; }

    /// <summary>The modality whose labels have the larger sum of probabilities; the one that all labels are of; null where they say none.</summary>
    public Modality? Modality { get; private init; }

    /// <summary>The most probable of the types of tumour that the labels of the modality name, where the image is called a tumour; else
    /// null.</summary>
    public ScanLabel? Type { get; private init; }

    /// <summary>The conformal set, the most probable label first: it holds the true label as often as the package
    /// promises. Null where the package makes none, as where no label had enough validation images.</summary>
    public IReadOnlyList<ScanLabel>? Set { get; private init; }

    /// <summary>Where the answer comes from; null where nobody asked.</summary>
    public PlacedEvidence? Evidence { get; init; }

    /// <summary>A picture that shows where the answer comes from; null where none was asked for.</summary>
    public DrawnHeatMap? Picture { get; init; }

    /// <summary>The PNG file that shows where the answer comes from; null where none was asked for.</summary>
    public string? HeatMap { get; init; }

    /// <summary>The label that the heat map is of, against all others; null where it is of a tumour, or there is none.</summary>
    public ScanLabel? HeatMapLabel { get; init; }

    /// <summary>The answer that a network's logits make; an error where they make no probabilities, since nothing may be called
    /// healthy for want of a number.</summary>
    /// <param name="path">The file, as it was named.</param>
    /// <param name="logits">[L], in the labels' order.</param>
    /// <param name="labels">The network's labels. Where they do not tell tumours, an answer has no verdict.</param>
    /// <param name="trust">What was learnt about the network on validation.</param>
    /// <param name="threshold">The threshold for tumour; null for the one in <paramref name="trust"/>.</param>
    public static ScanResult Answer(
        string path, ReadOnlySpan<float> logits, LabelSet labels, TrustSettings trust, double? threshold = null)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(trust);
        var uncalibrated = logits.ToArray();
        Softmax.InPlace(uncalibrated);
        var probabilities = logits.ToArray();
        Softmax.InPlace(probabilities, trust.Temperature);
        if (!Array.TrueForAll(probabilities, float.IsFinite) || !Array.TrueForAll(uncalibrated, float.IsFinite))
            return Unreadable(path, $"{path}: the network's answer to this image is no number; use another model, or export it again");
        var modality = ModalityOf(labels, probabilities);
        double? tumour = labels.TellsTumours ? labels.TumourProbability(probabilities) : null;
        double? line = labels.TellsTumours ? threshold ?? trust.Threshold.Threshold : null;
        bool? isTumour = labels.TellsTumours ? tumour >= line : null;
        var types = labels.Types.Where(type => labels[type].Modality == modality);
        return new ScanResult(path, Error: null)
        {
            Labels = labels,
            Label = Told(labels, probabilities, modality, isTumour),
            Probabilities = probabilities,
            Uncalibrated = uncalibrated,
            Logits = logits.ToArray(),
            Tumour = tumour,
            Threshold = line,
            IsTumour = isTumour,
            Modality = modality,
            Reason = tumour is { } probability ? trust.Doubt?.Refusal(probability) : null,
            Type = isTumour == true && types.Any() ? labels[types.MaxBy(type => probabilities[type])] : null,
            Set = !trust.Conformal.MakesSets ? null
                : [.. trust.Conformal.Set(probabilities).Select(label => labels[label])],
        };
    }

    private static Modality? ModalityOf(LabelSet labels, float[] probabilities)
    {
        if (!labels.TellsModality) return labels.All.All(label => label.Modality == labels[0].Modality) ? labels[0].Modality : null;
        double mri = labels.All.Zip(probabilities).Where(pair => pair.First.Modality == Imaging.Labels.Modality.Mri)
            .Sum(pair => (double)pair.Second);
        return mri >= 0.5 ? Imaging.Labels.Modality.Mri : Imaging.Labels.Modality.Ct;
    }

    // A set may have no label of a modality and a verdict together: then the modality gives way.
    private static ScanLabel Told(LabelSet labels, float[] probabilities, Modality? modality, bool? isTumour)
    {
        bool Fits(ScanLabel label) => isTumour is null || label.IsTumour == isTumour;
        bool FitsBoth(ScanLabel label) => Fits(label) && (modality is null || label.Modality == modality);
        var wanted = labels.All.Any(FitsBoth) ? (Func<ScanLabel, bool>)FitsBoth : Fits;
        return labels.All.Zip(probabilities).Where(pair => wanted(pair.First)).MaxBy(pair => pair.Second).First;
    }

    /// <summary>The result of a file that could not be read.</summary>
    /// <param name="path">The file, as it was named.</param>
    /// <param name="error">What is wrong and what to do.</param>
    public static ScanResult Unreadable(string path, string error) => new(path, error);
}
