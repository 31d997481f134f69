using Gyrus.Learning.Layers;

namespace Gyrus.Learning.Heads;

/// <summary>The classifier behind the pooled features; the defaults are the published head's.</summary>
/// <param name="Hidden">Units of each hidden dense layer, each followed by a ReLU; 256 and 100 unless given.</param>
/// <param name="Dropout">Share of the last hidden layer's values dropped in training, 0 to below 1; 0.2 unless
/// given.</param>
public sealed record HeadOptions(IReadOnlyList<int> Hidden, double Dropout)
{
    /// <summary>Dense 256, dense 100, dropout 0.2.</summary>
    public static HeadOptions Published { get; } = new([256, 100], 0.2);

    /// <summary>The layer that gives the logits.</summary>
    public const string LogitsLayer = "logits";

    /// <summary>The most units of a hidden layer.</summary>
    public const int MostUnits = 16_384;

    /// <summary>The most hidden layers.</summary>
    public const int MostLayers = 16;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="GyrusException">An option is out of range.</exception>
    public void Validate()
    {
        if (Hidden.FirstOrDefault(units => units is < 1 or > MostUnits, 1) is var wrong and not 1)
            throw new GyrusException($"A hidden layer has 1 to {MostUnits} units; {wrong} was asked for.");
        if (Hidden.Count > MostLayers)
            throw new GyrusException($"A head has at most {MostLayers} hidden layers; {Hidden.Count} were asked for.");
        if (Dropout is not (>= 0 and < 1)) throw new GyrusException($"Dropout is a share, 0 to below 1; it is {Dropout}.");
    }

    /// <summary>The head as layers, from <c>features</c>, [N, featureCount], to logits, [N, labelCount].</summary>
    /// <exception cref="GyrusException">An option is out of range.</exception>
    public LayerGraph Graph(int featureCount, int labelCount)
    {
        Validate();
        List<Layer> layers = [new Input("features")];
        int channels = featureCount;
        for (int i = 0; i < Hidden.Count; i++)
        {
            layers.Add(new Dense($"dense_{i + 1}", layers[^1].Name, channels, Hidden[i]));
            layers.Add(new Relu($"dense_{i + 1}_relu", layers[^1].Name));
            channels = Hidden[i];
        }
        if (Dropout > 0) layers.Add(new Dropout("dropout", layers[^1].Name, Dropout));
        layers.Add(new Dense(LogitsLayer, layers[^1].Name, channels, labelCount));
        return new LayerGraph(layers);
    }
}
