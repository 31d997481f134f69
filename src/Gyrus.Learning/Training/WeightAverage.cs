using Gyrus.Learning.Networks;
using Gyrus.Learning.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Gyrus.Learning.Training;

/// <summary>A running average of the weights that are fitted: Polyak and Juditsky 1992, exponential. Short at first, so
/// that the first weights are soon forgotten.</summary>
internal sealed class WeightAverage : IDisposable
{
    private readonly double _decay;
    private readonly List<(string Name, Tensor Weight, Tensor Average)> _pairs;

    public WeightAverage(TorchNetwork network, IEnumerable<string> names, double decay)
    {
        _decay = decay;
        _pairs = [.. names.Select(name => (name, network.Variable(name), network.Variable(name).detach().clone()))];
    }

    /// <summary>Takes the weights of one step in.</summary>
    /// <param name="step">Steps taken so far, this one among them.</param>
    public void Add(long step)
    {
        using var noGradient = no_grad();
        double decay = Math.Min(_decay, (1.0 + step) / (10.0 + step));
        using var kept = decay.ToScalar();
        using var share = (1 - decay).ToScalar();
        foreach (var (_, weight, average) in _pairs) average.mul_(kept).add_(weight, share);
    }

    /// <summary>Puts the average in the place of the weights until what is returned is disposed.</summary>
    public IDisposable Swapped()
    {
        Swap();
        return new Back(this);
    }

    /// <summary>The averages as <c>average/…</c>, in Keras's layout.</summary>
    public IEnumerable<NamedTensor> Tensors() =>
        _pairs.Select(pair => TorchLayout.ToKeras("average/" + pair.Name, pair.Average));

    /// <summary>Takes up the averages of another.</summary>
    public void Restore(TensorTable table)
    {
        using var noGradient = no_grad();
        foreach (var (name, _, average) in _pairs)
        {
            using var before = TorchLayout.ToTorch(table["average/" + name]);
            average.copy_(before);
        }
    }

    public void Dispose()
    {
        foreach (var (_, _, average) in _pairs) average.Dispose();
    }

    private void Swap()
    {
        using var noGradient = no_grad();
        foreach (var (_, weight, average) in _pairs)
        {
            using var held = weight.detach().clone();
            weight.copy_(average);
            average.copy_(held);
        }
    }

    private sealed class Back(WeightAverage average) : IDisposable
    {
        private bool _done;

        public void Dispose()
        {
            if (!_done) average.Swap();
            _done = true;
        }
    }
}
