using Gyrus.Imaging.Tensors;
using Gyrus.Inference.Runtime;

namespace Gyrus.Inference.HeatMaps;

/// <summary>How a heat map is computed. A new way is an <see cref="Explainer"/> in a file of its own, and an entry here.</summary>
public sealed class HeatMapMethod
{
    private HeatMapMethod(string name, string description, Func<INetwork, Preprocessing, int, Explainer> newExplainer) =>
        (Name, Description, NewExplainer) = (name, description, newExplainer);

    /// <summary>The class activation map that the network gives beside its answer, at hardly any cost: a cell's value is
    /// what it adds to the log-odds, to first order. Selvaraju et al. 2017 (Grad-CAM), Zhou et al. 2016.</summary>
    public static HeatMapMethod Cam { get; } = new(
        "cam", "the network's own class activation map, at hardly any cost",
        (network, _, _) => new ClassActivation(network));

    /// <summary>A patch that is moved over the image: a pixel's value is by how much the log-odds fall when a
    /// patch covers it, the mean over those that do. Some hundred times as much work. Zeiler and Fergus 2014.</summary>
    public static HeatMapMethod Occlusion { get; } = new(
        "occlusion", "covers one patch of the scan after the other, which takes some hundred times as long and works with every model",
        (network, preprocessing, batchSize) => new Occlusion(network, preprocessing, batchSize));

    /// <summary>All of them, the usual one first.</summary>
    public static IReadOnlyList<HeatMapMethod> All { get; } = [Cam, Occlusion];

    /// <summary>What it is called, such as <c>cam</c>.</summary>
    public string Name { get; }

    /// <summary>What it does and costs, in a few words for people.</summary>
    public string Description { get; }

    /// <summary>Makes what computes the maps of one thread's batches, from the network, its preprocessing and the most images of a
    /// batch.</summary>
    internal Func<INetwork, Preprocessing, int, Explainer> NewExplainer { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
