using Gyrus.Imaging.Labels;
using Gyrus.Imaging.Tensors;
using Gyrus.Learning.Export;
using Gyrus.Learning.Layers;
using Gyrus.Learning.Tensors;
using Gyrus.Models;

namespace Gyrus.Testing.Models;

/// <summary>Model packages that nobody trained.</summary>
public static class GeneratedPackage
{
    /// <summary>The description of a package of that kind.</summary>
    /// <param name="preprocessing">How a scan becomes the network's input.</param>
    /// <param name="labels">Its labels; the published ones where null.</param>
    public static ModelDescription Describe(Preprocessing preprocessing, LabelSet? labels = null) => new(
        ModelDescription.FormatVersionFor(labels ?? PublishedLabels.Set),
        "gyrus-test",
        "0.0.1",
        "resnet50",
        [.. (labels ?? PublishedLabels.Set).Names],
        preprocessing,
        NamesFor(labels ?? PublishedLabels.Set),
        new ModelProvenance(
            new string('0', 64), new string('0', 64), new string('0', 64), 0, DateTimeOffset.UnixEpoch, "0.1.0",
            new Dictionary<string, string>()),
        TrainingImages: [],
        SelectionImages: [],
        LabelMeanings: ModelDescription.MeaningsFor(labels ?? PublishedLabels.Set));

    /// <summary>Writes a network that <see cref="BatchNormFolding"/> has been over.</summary>
    public static ModelPackage Write(
        string folder,
        LayerGraph graph,
        TensorTable tensors,
        Preprocessing preprocessing,
        string featureMapLayer,
        string featureLayer,
        bool float16 = false,
        LabelSet? labels = null) => ModelPackage.Write(
            folder,
            Describe(preprocessing, labels),
            stream => OnnxExporter.Write(stream, new OnnxModel(
                graph, tensors, preprocessing.Size, featureMapLayer, featureLayer, NamesFor(labels ?? PublishedLabels.Set), float16)
            {
                Labels = labels ?? PublishedLabels.Set,
            }),
            "A model for tests.\n");

    private static ModelOutputs NamesFor(LabelSet labels) =>
        labels.TellsTumours ? OnnxModel.UsualNames : OnnxModel.UsualNames with { Evidence = null };
}
