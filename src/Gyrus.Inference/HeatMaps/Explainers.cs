using Gyrus.Imaging.Tensors;
using Gyrus.Inference.Runtime;

namespace Gyrus.Inference.HeatMaps;

/// <summary>The explainers of a network, each made when it is first asked for. For one thread.</summary>
/// <param name="network">The network.</param>
/// <param name="preprocessing">How a scan becomes its input.</param>
/// <param name="batchSize">The most images that go through it together.</param>
internal sealed class Explainers(INetwork network, Preprocessing preprocessing, int batchSize)
{
    private readonly Dictionary<HeatMapMethod, Explainer> _made = [];

    /// <summary>The explainer of a method.</summary>
    public Explainer this[HeatMapMethod method]
    {
        get
        {
            if (!_made.TryGetValue(method, out var explainer))
                _made.Add(method, explainer = method.NewExplainer(network, preprocessing, batchSize));
            return explainer;
        }
    }

    /// <summary>Why a heat map cannot be given and what to do, as sentences that name no file; null where it can.</summary>
    public string? Refusal(HeatMapRequest request)
    {
        var labels = network.Labels;
        if (request.Label is { } label && labels.IndexOf(label) < 0)
            return $"There is no label '{label}' for a heat map to be of. The model's labels are {string.Join(", ", labels.Names)}.";
        return this[request.UsedMethod].Refusal(request.IsOfLabel(labels));
    }
}
