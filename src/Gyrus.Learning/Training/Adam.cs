using Gyrus.Learning.Networks;
using Gyrus.Learning.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Gyrus.Learning.Training;

/// <summary>A weight that is fitted.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Share">What the learning rate is multiplied by for it.</param>
/// <param name="Decay">What a step takes off it, as a share of it and of its learning rate.</param>
internal sealed record FittedWeight(string Name, double Share = 1, double Decay = 0);

/// <summary>
/// Adam, Kingma and Ba 2015, algorithm 1, with the usual constants; weight decay apart from the gradient, as Loshchilov
/// and Hutter 2019 have it. Of our own because TorchSharp 0.107's lets the
/// garbage collector free its temporary scalars while the native library still reads them, which a long training
/// meets sooner or later; here every scalar lives until its last use is over.
/// </summary>
internal sealed class Adam : IDisposable
{
    private const double FirstDecay = 0.9;
    private const double SecondDecay = 0.999;

    private readonly List<(FittedWeight Fitted, Tensor Weight, Tensor First, Tensor Second)> _moments;
    private readonly Scalar _firstDecay = FirstDecay.ToScalar();
    private readonly Scalar _firstShare = (1 - FirstDecay).ToScalar();
    private readonly Scalar _secondDecay = SecondDecay.ToScalar();
    private readonly Scalar _secondShare = (1 - SecondDecay).ToScalar();
    private readonly Scalar _epsilon = 1e-8.ToScalar();

    /// <summary>Starts with moments of zero.</summary>
    /// <param name="network">Holds the weights.</param>
    /// <param name="fitted">Those that are fitted.</param>
    public Adam(TorchNetwork network, IEnumerable<FittedWeight> fitted)
    {
        _moments = [.. fitted.Select(one =>
        {
            var weight = network.Variable(one.Name);
            return (one, weight, zeros_like(weight, requires_grad: false), zeros_like(weight, requires_grad: false));
        })];
    }

    /// <summary>The number of steps taken.</summary>
    public long Steps { get; private set; }

    /// <summary>Forgets the gradients of the last step.</summary>
    public void ZeroGradients()
    {
        foreach (var (_, weight, _, _) in _moments) weight.grad?.zero_();
    }

    /// <summary>Shortens the gradient where it is longer than a length: Pascanu, Mikolov and Bengio 2013, "On the difficulty of
    /// training recurrent neural networks", algorithm 1.</summary>
    /// <param name="longest">The length, above 0: the Euclidean norm over all weights.</param>
    public void ClipGradients(double longest)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        List<Tensor> gradients = [.. _moments.Select(moment => moment.Weight.grad).OfType<Tensor>()];
        double length = Math.Sqrt(gradients.Sum(gradient => Math.Pow(gradient.norm().item<float>(), 2)));
        if (length <= longest) return;
        using var share = (longest / length).ToScalar();
        foreach (var gradient in gradients) gradient.mul_(share);
    }

    /// <summary>Moves every weight that has a gradient.</summary>
    /// <param name="learningRate">The step size.</param>
    public void Step(double learningRate)
    {
        Steps++;
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        using var correction = Math.Sqrt(1 - Math.Pow(SecondDecay, Steps)).ToScalar();
        double step = -learningRate / (1 - Math.Pow(FirstDecay, Steps));
        foreach (var (fitted, weight, first, second) in _moments)
        {
            if (weight.grad is not { } gradient) continue;
            using var ownStep = (fitted.Share * step).ToScalar();
            if (fitted.Decay > 0)
            {
                using var kept = (1 - (learningRate * fitted.Share * fitted.Decay)).ToScalar();
                weight.mul_(kept);
            }
            first.mul_(_firstDecay).add_(gradient, _firstShare);
            second.mul_(_secondDecay).addcmul_(gradient, gradient, _secondShare);
            weight.addcdiv_(first, second.sqrt().div_(correction).add_(_epsilon), ownStep);
        }
    }

    /// <summary>Both moments of every weight, as <c>adam/first/…</c> and <c>adam/second/…</c>, in Keras's layout.</summary>
    public IEnumerable<NamedTensor> Moments() => _moments.SelectMany(moment => new[]
    {
        TorchLayout.ToKeras("adam/first/" + moment.Fitted.Name, moment.First),
        TorchLayout.ToKeras("adam/second/" + moment.Fitted.Name, moment.Second),
    });

    /// <summary>Takes up the moments and the number of steps of another.</summary>
    public void Restore(TensorTable table, long steps)
    {
        using var noGradient = no_grad();
        Steps = steps;
        foreach (var (fitted, _, first, second) in _moments)
        {
            using var firstBefore = TorchLayout.ToTorch(table["adam/first/" + fitted.Name]);
            using var secondBefore = TorchLayout.ToTorch(table["adam/second/" + fitted.Name]);
            first.copy_(firstBefore);
            second.copy_(secondBefore);
        }
    }

    public void Dispose()
    {
        foreach (var (_, _, first, second) in _moments)
        {
            first.Dispose();
            second.Dispose();
        }
        foreach (var scalar in (Scalar[])[_firstDecay, _firstShare, _secondDecay, _secondShare, _epsilon]) scalar.Dispose();
    }
}
