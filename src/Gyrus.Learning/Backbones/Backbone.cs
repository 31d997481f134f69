using Gyrus.Imaging.Tensors;
using Gyrus.Learning.Layers;

namespace Gyrus.Learning.Backbones;

/// <summary>A pretrained convolutional network that turns a scan into a vector of features.</summary>
/// <param name="Name">The name in files and on the command line, such as <c>resnet50</c>.</param>
/// <param name="InputSize">Width and height that it was trained for, in pixels.</param>
/// <param name="Normalisation">The scaling of pixel values that it was trained with.</param>
/// <param name="FeatureCount">The length of the pooled feature vector.</param>
/// <param name="FeatureMap">The layer whose output is pooled: [N, FeatureCount, H, W].</param>
/// <param name="Graph">The layers, from input to global average pool.</param>
public sealed record Backbone(
    string Name,
    int InputSize,
    Normalisation Normalisation,
    int FeatureCount,
    string FeatureMap,
    LayerGraph Graph)
{
    /// <summary>The number under batch norm's root that Keras's own implementation has, for a file of weights that does not tell
    /// its.</summary>
    public double BatchNormEpsilon { get; init; } = 1e-3;

    /// <summary>What Keras called the layers before; null where they have always been called so.</summary>
    public OldKerasNames? OldNames { get; init; }

    /// <summary>How the names of the last block's layers begin, for advice on what to fit; empty where it has no such
    /// name.</summary>
    public string LastBlock { get; init; } = "";

    /// <summary>Public weights; null where none are known, and weights are only taken from a file.</summary>
    public PublishedWeights? Published { get; init; }

    /// <summary>Weights that come with Gyrus; null where there are none.</summary>
    public ShippedWeights? Shipped { get; init; }

    /// <summary>ResNet18: He et al. 2016; half of ResNet50's weights and arithmetic.</summary>
    public static Backbone ResNet18 { get; } = Backbones.ResNet18.Create();

    /// <summary>Keras's ResNet50, v1: He et al. 2016, with the stride in the first 1x1 convolution.</summary>
    public static Backbone ResNet50 { get; } = Backbones.ResNet50.Create();

    /// <summary>Keras's Xception: Chollet 2017.</summary>
    public static Backbone Xception { get; } = Backbones.Xception.Create();

    /// <summary>Keras's DenseNet121: Huang et al. 2017.</summary>
    public static Backbone DenseNet121 { get; } = Backbones.DenseNet121.Create();

    /// <summary>Keras's MobileNetV2 of width 1.0: Sandler et al. 2018; an eleventh of ResNet50's weights.</summary>
    public static Backbone MobileNetV2 { get; } = Backbones.MobileNetV2.Create();

    /// <summary>The smallest input, in pixels a side: below, a network that halves it five times sees nothing. Keras's own
    /// least for ResNet50.</summary>
    public const int LeastSize = 32;

    /// <summary>The largest input, in pixels a side.</summary>
    public const int MostSize = 2048;

    /// <summary>The backbones that Gyrus knows.</summary>
    public static IReadOnlyList<Backbone> All => [ResNet50, Xception, ResNet18, DenseNet121, MobileNetV2];

    /// <summary>The names of all, for a text.</summary>
    public static string Names => string.Join(", ", All.Select(backbone => backbone.Name));

    /// <summary>Finds a backbone by name.</summary>
    /// <exception cref="GyrusException">No backbone has that name.</exception>
    public static Backbone Named(string name) => All.FirstOrDefault(backbone => backbone.Name == name)
        ?? throw new GyrusException(
            $"There is no backbone '{name}'. Use one of: {Names}.");

    /// <summary>The preprocessing that the backbone was trained with, at its own size unless another is given.</summary>
    /// <param name="kernel">How scans are brought to that size.</param>
    /// <param name="size">Width and height in pixels; 0 for <see cref="InputSize"/>.</param>
    /// <param name="framing">What of a scan it sees.</param>
    /// <exception cref="GyrusException">The size is out of range.</exception>
    public Preprocessing Preprocessing(
        ResampleKernel kernel = ResampleKernel.Bilinear, int size = 0, Framing framing = Framing.Whole) =>
        size is 0 or (>= LeastSize and <= MostSize) ? new(size == 0 ? InputSize : size, kernel, Normalisation, framing)
            : throw new GyrusException(
                $"A network sees scans of {LeastSize} to {MostSize} pixels a side, or of its own size ({InputSize}); {size} was asked for.");
}
