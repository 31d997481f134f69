using Gyrus.Imaging;
using Gyrus.Learning.Export;
using Gyrus.Learning.Layers;
using Gyrus.Learning.Weights;
using Gyrus.Package;

namespace Gyrus.Testing.Models;

/// <summary>Model packages that nobody trained.</summary>
public static class GeneratedPackage
{
    /// <summary>The manifest of a package of that kind.</summary>
    public static ModelManifest Manifest(Preprocessing preprocessing) => new(
        ModelManifest.CurrentFormatVersion,
        "gyrus-test",
        "0.0.1",
        "resnet50",
        [.. ScanLabel.All.Select(label => label.Name)],
        preprocessing,
        OnnxModel.UsualNames,
        new ModelProvenance(
            new string('0', 64), new string('0', 64), new string('0', 64), 0, DateTimeOffset.UnixEpoch, "0.1.0",
            new Dictionary<string, string>()),
        TrainingImages: [],
        SelectionImages: []);

    /// <summary>Writes a network that <see cref="BatchNormFolding"/> has been over.</summary>
    public static ModelPackage Write(
        string folder,
        LayerGraph graph,
        TensorTable tensors,
        Preprocessing preprocessing,
        string featureMapLayer,
        string featureLayer,
        bool float16 = false) => ModelPackage.Write(
            folder,
            Manifest(preprocessing),
            stream => OnnxExporter.Write(stream, new OnnxModel(
                graph, tensors, preprocessing.Size, featureMapLayer, featureLayer, OnnxModel.UsualNames, float16)),
            "A model for tests.\n");
}
