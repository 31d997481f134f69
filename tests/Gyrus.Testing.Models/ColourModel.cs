using Gyrus.Imaging.Labels;
using Gyrus.Imaging.Tensors;
using Gyrus.Learning.Layers;
using Gyrus.Learning.Tensors;
using Gyrus.Models;

namespace Gyrus.Testing.Models;

/// <summary>
/// A network that calls a scan by its mean colour, so that a test knows the answer: black is <c>ct_healthy</c>, red
/// <c>ct_tumor</c>, green <c>mri_healthy</c> and blue <c>mri_glioma</c>.
/// </summary>
public static class ColourModel
{
    public static Preprocessing Preprocessing { get; } = new(32, ResampleKernel.Bilinear, Normalisation.Tf);

    public static ModelPackage Write(string folder) => Write(folder, Preprocessing);

    public static ModelPackage Write(string folder, Preprocessing preprocessing) => Write(
        folder, preprocessing, PublishedLabels.Set, ["ct_healthy", "ct_tumor", "mri_healthy", "mri_glioma"]);

    /// <summary>Of labels of one's own.</summary>
    /// <param name="folder">The package.</param>
    /// <param name="labels">The labels.</param>
    /// <param name="called">What black, red, green and blue are called, as many as there are labels at least two.</param>
    public static ModelPackage Write(string folder, LabelSet labels, params string[] called) => Write(folder, Preprocessing, labels, called);

    private static ModelPackage Write(string folder, Preprocessing preprocessing, LabelSet labels, string[] called)
    {
        int count = labels.Count;
        var graph = new LayerGraph(
        [
            new Input("input"),
            new Convolution("same", "input", 3, 3, Kernel: 1, Stride: 1, Padding.Valid, HasBias: false),
            new Relu("bright", "same"),                                                      // [N, 3, 32, 32], 0 to 1
            new GlobalAveragePooling("mean", "bright"),
            new Dense("answer", "mean", 3, count),
        ]);
        var red = new float[count];
        var green = new float[count];
        var blue = new float[count];
        var bias = new float[count];
        bias[labels.IndexOf(called[0])] = 6;
        red[labels.IndexOf(called[1])] = 20;
        if (called.Length > 2) green[labels.IndexOf(called[2])] = 20;
        if (called.Length > 3) blue[labels.IndexOf(called[3])] = 20;
        var tensors = new TensorTable(
        [
            new NamedTensor("same/kernel", [1, 1, 3, 3], [1, 0, 0, 0, 1, 0, 0, 0, 1]),
            new NamedTensor("answer/kernel", [3, count], [.. red, .. green, .. blue]),
            new NamedTensor("answer/bias", [count], bias),
        ]);
        return GeneratedPackage.Write(folder, graph, tensors, preprocessing, "bright", "mean", labels: labels);
    }
}
