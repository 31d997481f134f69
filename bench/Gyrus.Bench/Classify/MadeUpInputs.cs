using Gyrus.Imaging.Labels;
using Gyrus.Imaging.Tensors;
using Gyrus.Learning.Backbones;
using Gyrus.Learning.Heads;
using Gyrus.Learning.Layers;
using Gyrus.Testing.Models;

namespace Gyrus.Bench.Classify;

/// <summary>A model and images for a machine that has none: random weights take as long as trained ones.</summary>
internal sealed class MadeUpInputs : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gyrus-bench-");

    /// <summary>Writes ResNet50 with the published head, float16 storage.</summary>
    /// <returns>The package's folder.</returns>
    public string Model() => Model(PublishedLabels.Set);

    /// <summary>The same with labels that tell no tumours.</summary>
    /// <param name="labels">How many.</param>
    public string Model(int labels) => Model(new LabelSet(Enumerable.Range(0, labels).Select(i => new ScanLabel($"label {i}"))));

    private string Model(LabelSet labels)
    {
        var backbone = Backbone.ResNet50;
        var graph = backbone.Graph.Then(HeadOptions.Published.Graph(backbone.FeatureCount, labels.Count));
        var (folded, tensors) = BatchNormFolding.Fold(graph, RandomWeights.For(graph, seed: 1), 1e-3);
        var package = GeneratedPackage.Write(
            Path.Combine(_folder.FullName, "model"), folded, tensors, backbone.Preprocessing(ResampleKernel.Bilinear),
            backbone.FeatureMap, backbone.Graph.Output, float16: true, labels: labels);
        return package.Folder;
    }

    /// <summary>Writes JPEG images of 512 x 512 pixels.</summary>
    public string[] Images(int count) =>
        [.. Enumerable.Range(0, count).Select(i => TestImage.WriteNoise(
            Path.Combine(_folder.FullName, $"{i}.jpg"), 512, 512, seed: i))];

    public void Dispose() => _folder.Delete(recursive: true);
}
