using Gyrus.Imaging.Labels;
using Gyrus.Imaging.Tensors;

namespace Gyrus.Models.Tests;

internal static class SampleDescription
{
    public static ModelDescription Create() => new(
        ModelDescription.FormatVersionFor(PublishedLabels.Set),
        "gyrus-resnet50-frozen",
        "1.0.0",
        "resnet50",
        [.. PublishedLabels.Set.Names],
        new Preprocessing(224, ResampleKernel.Bilinear, Normalisation.Caffe),
        new ModelOutputs("input", "logits", "features", "activations"),
        new ModelProvenance(
            new string('1', 64),
            new string('2', 64),
            new string('3', 64),
            Seed: 7,
            new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.Zero),
            "0.1.0",
            new Dictionary<string, string> { ["TorchSharp"] = "0.107.0" }),
        [new string('a', 64), new string('b', 64)],
        [new string('c', 64)]);
}
