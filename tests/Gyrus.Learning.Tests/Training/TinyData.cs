using System.Security.Cryptography;
using Gyrus.Data.Manifests;
using Gyrus.Imaging.Labels;
using Gyrus.Imaging.Tensors;
using Gyrus.Learning.Backbones;
using Gyrus.Learning.Layers;
using Gyrus.Learning.Tensors;
using Gyrus.Testing;
using NetVips;

namespace Gyrus.Learning.Tests.Training;

/// <summary>A backbone of two convolutions and a few drawn images, for tests of whole runs in a second.</summary>
internal static class TinyData
{
    private const int Size = 32;

    public static Backbone Backbone { get; } = new(
        "tiny", Size, Normalisation.Tf, FeatureCount: 8, FeatureMap: "act2", new LayerGraph(
        [
            new Input("input"),
            new Convolution("conv1", "input", 3, 4, Kernel: 3, Stride: 2, Gyrus.Learning.Layers.Padding.Same, HasBias: false),
            new BatchNormalisation("bn1", "conv1", 4),
            new Relu("act1", "bn1"),
            new Convolution("conv2", "act1", 4, 8, Kernel: 3, Stride: 2, Gyrus.Learning.Layers.Padding.Same, HasBias: true),
            new Relu("act2", "conv2"),
            new GlobalAveragePooling("avg_pool", "act2"),
        ]));

    /// <summary>Weights drawn with a fixed seed.</summary>
    public static BackboneWeights Weights()
    {
        var random = new Random(3);
        return new BackboneWeights("tiny", new TensorTable(Backbone.Graph.Variables.Select(variable => new NamedTensor(
            variable.Name,
            variable.Shape,
            [.. Enumerable.Range(0, variable.Length).Select(_ => variable.Name.EndsWith("variance", StringComparison.Ordinal)
                ? 1f : (float)((random.NextDouble() * 2) - 1))]))), 1e-3, "drawn");
    }

    /// <summary>Images whose colour tells their label, in a folder, each label in each part.</summary>
    /// <param name="folder">Takes the images.</param>
    /// <param name="perLabel">Images of each label; a fifth are for validation and a fifth for test.</param>
    public static Manifest Write(TempFolder folder, int perLabel)
    {
        var random = new Random(1);
        var rows = new List<ManifestRow>();
        foreach (var label in PublishedLabels.Set.All)
        {
            int number = PublishedLabels.Set.IndexOf(label.Name);
            for (int i = 0; i < perLabel; i++)
            {
                var name = $"{label.Name}-{i}.png";
                double[] colour = [.. Enumerable.Range(0, 3).Select(c => (((number >> c) & 1) * 180) + random.Next(60))];
                using var black = Image.Black(Size, Size, bands: 3);
                using var image = black.Linear([1, 1, 1], colour);
                using var bytes = image.Cast(Enums.BandFormat.Uchar);
                bytes.Pngsave(folder.File(name));
                var split = (i % 5) switch { 3 => Split.Val, 4 => Split.Test, _ => Split.Train };
                var hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(folder.File(name))));
                rows.Add(new ManifestRow(name, hash, label.Name, split, Size, Size, "RGB", split));
            }
        }
        return new Manifest(folder.Path, rows);
    }
}
