using Gyrus.Learning.Networks;
using Gyrus.Learning.Weights;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Gyrus.Learning.Training;

/// <summary>Adam over some of a network's weights, with its moments readable by name.</summary>
internal sealed class AdamState : IDisposable
{
    private readonly IReadOnlyList<string> _names;

    public AdamState(TorchNetwork network, IReadOnlyList<string> names, double learningRate)
    {
        _names = names;
        Optimizer = optim.Adam(names.Select(name => (Parameter)network.Variable(name)), learningRate);
    }

    public Adam Optimizer { get; }

    /// <summary>The number of steps taken.</summary>
    public long Steps => States().First().State.step;

    /// <summary>Both moments of every weight, as <c>adam/first/…</c> and <c>adam/second/…</c>, in Keras's layout.</summary>
    public IEnumerable<NamedTensor> Moments() => States().SelectMany(pair => new[]
    {
        TorchLayout.ToKeras("adam/first/" + pair.Name, pair.State.exp_avg),
        TorchLayout.ToKeras("adam/second/" + pair.Name, pair.State.exp_avg_sq),
    });

    /// <summary>Takes up the moments and the number of steps of another optimizer.</summary>
    public void Restore(TensorTable table, long steps)
    {
        using var noGradient = no_grad();
        foreach (var (name, state) in States())
        {
            state.step = steps;
            using var first = TorchLayout.ToTorch(table["adam/first/" + name]);
            using var second = TorchLayout.ToTorch(table["adam/second/" + name]);
            state.exp_avg.copy_(first);
            state.exp_avg_sq.copy_(second);
        }
    }

    public void Dispose() => Optimizer.Dispose();

    private IEnumerable<(string Name, Adam.State State)> States() =>
        _names.Zip(Optimizer.state_dict().State.Cast<Adam.State>());
}
