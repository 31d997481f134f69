using System.Text.Json.Serialization;
using Gyrus.Imaging.Labels;
using Gyrus.Imaging.Tensors;
using Gyrus.Models.Trust;

namespace Gyrus.Models;

/// <summary>What <c>model.json</c> of a model package holds: all that is needed to use the network and to judge it.</summary>
/// <param name="FormatVersion">The version of this layout; see <see cref="FormatVersionFor"/>.</param>
/// <param name="Name">A name for people, such as <c>gyrus-resnet50-frozen</c>.</param>
/// <param name="Version">The model's own version, such as <c>1.0.0</c>.</param>
/// <param name="Backbone">The backbone's name, such as <c>resnet50</c>; <c>imported</c> where another program made the network.</param>
/// <param name="Labels">The labels' names, in the order of the logits.</param>
/// <param name="Preprocessing">How a scan becomes the network's input.</param>
/// <param name="Outputs">The graph's outputs.</param>
/// <param name="Provenance">Where the model comes from.</param>
/// <param name="TrainingImages">SHA-256 of every image that the weights were fitted on, lower-case hexadecimal, sorted:
/// an evaluation refuses images that are among them.</param>
/// <param name="SelectionImages">SHA-256 of every image that the epoch was chosen on (the validation part), likewise: an
/// evaluation says so where it meets them.</param>
/// <param name="Precision">What the kernels of the network are stored as. Packages that were written before this was
/// said are read as float32.</param>
/// <param name="Trust">Calibration, threshold and conformal limits; null where nothing was learnt.</param>
/// <param name="Abstention">When an image is refused; null where none is.</param>
/// <param name="NetworkHash">SHA-256 of <c>model.onnx</c>, lower-case hexadecimal, which <see cref="ModelPackage.Write"/> fills
/// in; null in packages that were written before it was said.</param>
/// <param name="LabelMeanings">What each label means; null for the published labels, whose meaning is known.</param>
/// <param name="Limits">What an answer is not to be trusted for, a sentence each, shown with every answer; null where nobody wrote it down:
/// <see cref="AnswerLimits"/> has what is said then.</param>
/// <param name="Figures">What the model was measured with, figures across sources first; null where nothing was.</param>
public sealed record ModelDescription(
    int FormatVersion,
    string Name,
    string Version,
    string Backbone,
    IReadOnlyList<string> Labels,
    Preprocessing Preprocessing,
    ModelOutputs Outputs,
    ModelProvenance Provenance,
    IReadOnlyList<string> TrainingImages,
    IReadOnlyList<string> SelectionImages,
    Precision Precision = Precision.Float32,
    TrustSettings? Trust = null,
    AbstentionSettings? Abstention = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? NetworkHash = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ScanLabel>? LabelMeanings = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Limits = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<MeasuredFigure>? Figures = null)
{
    /// <summary>The newest version of the layout that this code reads and writes.</summary>
    public const int CurrentFormatVersion = 2;

    /// <summary>The version of a package: 1, which every Gyrus reads, for the published labels, 2 for others.</summary>
    /// <param name="labels">Its labels.</param>
    public static int FormatVersionFor(LabelSet labels) => PublishedLabels.Set.Equals(labels) ? 1 : CurrentFormatVersion;

    /// <summary>The labels as they are written: nothing is said of the meaning of the published ones.</summary>
    /// <param name="labels">The labels.</param>
    public static IReadOnlyList<ScanLabel>? MeaningsFor(LabelSet labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return PublishedLabels.Set.Equals(labels) ? null : labels.All;
    }

    /// <summary>The labels and what they mean.</summary>
    /// <exception cref="GyrusException">They are no set of labels.</exception>
    public LabelSet LabelSet() => LabelMeanings is { } meanings ? new LabelSet(meanings) : PublishedLabels.Set;
}

/// <summary>The names of the ONNX graph's input and outputs.</summary>
/// <param name="Input">Takes [N, 3, Size, Size], preprocessed.</param>
/// <param name="Logits">[N, L], before the softmax.</param>
/// <param name="Features">[N, F]: the pooled backbone features; null where the network was imported, and does not give them.</param>
/// <param name="Activations">[N, F, H, W]: the backbone's last feature map; null likewise.</param>
/// <param name="Evidence">[N, H, W]: how much each cell of that map adds to the log-odds of a tumour, for heat maps; null
/// where the labels do not tell tumours, or the network was exported without.</param>
/// <param name="Novelty">[N]: how unlike the training images the image is; null where the graph does not say.</param>
/// <param name="LabelEvidence">[N, L, H, W]: how much each cell of that map adds to each logit, for heat maps of a label; null where the
/// network was exported without.</param>
public sealed record ModelOutputs(
    string Input,
    string Logits,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Features = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Activations = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Evidence = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Novelty = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? LabelEvidence = null);

/// <summary>Where a model comes from: enough to make it again.</summary>
/// <param name="DataHash">SHA-256 over the images' hashes and labels.</param>
/// <param name="SplitHash">SHA-256 over the images' hashes and parts.</param>
/// <param name="WeightsHash">SHA-256 of the pretrained backbone's tensors.</param>
/// <param name="Seed">The seed of the training run.</param>
/// <param name="TrainedAt">When training ended, UTC.</param>
/// <param name="GyrusVersion">The version of Gyrus that trained it.</param>
/// <param name="PackageVersions">Versions of the libraries that the result depends on.</param>
public sealed record ModelProvenance(
    string DataHash,
    string SplitHash,
    string WeightsHash,
    int Seed,
    DateTimeOffset TrainedAt,
    string GyrusVersion,
    IReadOnlyDictionary<string, string> PackageVersions);
