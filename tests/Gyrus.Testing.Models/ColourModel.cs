using Gyrus.Imaging;
using Gyrus.Learning.Layers;
using Gyrus.Learning.Weights;
using Gyrus.Package;

namespace Gyrus.Testing.Models;

/// <summary>
/// A network that calls a scan by its mean colour, so that a test knows the answer: black is <c>ct_healthy</c>, red
/// <c>ct_tumor</c>, green <c>mri_healthy</c> and blue <c>mri_glioma</c>.
/// </summary>
public static class ColourModel
{
    public static Preprocessing Preprocessing { get; } = new(32, ResampleKernel.Bilinear, Normalisation.Tf);

    public static ModelPackage Write(string folder) => Write(folder, Preprocessing);

    public static ModelPackage Write(string folder, Preprocessing preprocessing)
    {
        var graph = new LayerGraph(
        [
            new Input("input"),
            new Convolution("same", "input", 3, 3, Kernel: 1, Stride: 1, Padding.Valid, HasBias: false),
            new Relu("bright", "same"),                                                      // [N, 3, 32, 32], 0 to 1
            new GlobalAveragePooling("mean", "bright"),
            new Dense("answer", "mean", 3, 7),
        ]);
        var red = new float[7];
        var green = new float[7];
        var blue = new float[7];
        var bias = new float[7];
        red[ScanLabel.IndexOf("ct_tumor")] = 20;
        green[ScanLabel.IndexOf("mri_healthy")] = 20;
        blue[ScanLabel.IndexOf("mri_glioma")] = 20;
        bias[ScanLabel.IndexOf("ct_healthy")] = 6;
        var tensors = new TensorTable(
        [
            new NamedTensor("same/kernel", [1, 1, 3, 3], [1, 0, 0, 0, 1, 0, 0, 0, 1]),
            new NamedTensor("answer/kernel", [3, 7], [.. red, .. green, .. blue]),
            new NamedTensor("answer/bias", [7], bias),
        ]);
        return GeneratedPackage.Write(folder, graph, tensors, preprocessing, "bright", "mean");
    }
}
