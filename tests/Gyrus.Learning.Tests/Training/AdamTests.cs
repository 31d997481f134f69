using Gyrus.Learning.Layers;
using Gyrus.Learning.Networks;
using Gyrus.Learning.Tensors;
using Gyrus.Learning.Training;
using Xunit;
using static TorchSharp.torch;

namespace Gyrus.Learning.Tests.Training;

public sealed class AdamTests
{
    private static readonly LayerGraph Graph = new([new Input("input"), new Dense("dense", "input", 3, 2)]);

    [Fact]
    public void Steps_follow_the_paper()
    {
        var random = new Random(1);
        using var network = Network(random);
        using var adam = new Adam(network, [new("dense/kernel"), new("dense/bias")]);
        var expected = Values(network);
        double[] first = new double[expected.Length], second = new double[expected.Length];

        for (int step = 1; step <= 20; step++)
        {
            var gradients = Backward(network, adam, random);
            for (int i = 0; i < expected.Length; i++)
            {
                first[i] = (0.9 * first[i]) + (0.1 * gradients[i]);
                second[i] = (0.999 * second[i]) + (0.001 * gradients[i] * gradients[i]);
                double mean = first[i] / (1 - Math.Pow(0.9, step)), square = second[i] / (1 - Math.Pow(0.999, step));
                expected[i] -= 0.05 * mean / (Math.Sqrt(square) + 1e-8);
            }
            adam.Step(learningRate: 0.05);
        }

        var found = Values(network);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], found[i], 1e-4);
    }

    [Fact]
    public void Step_moves_a_weight_by_its_share_of_the_rate_and_takes_decay_off_it()
    {
        using var plain = Network(new Random(1));
        using var shared = Network(new Random(1));
        using var adam = new Adam(plain, [new("dense/kernel")]);
        using var slow = new Adam(shared, [new("dense/kernel", Share: 0.25, Decay: 0.2)]);
        var before = Values(plain);

        StepOnce(plain, adam, new Random(2));
        StepOnce(shared, slow, new Random(2));

        var (full, part) = (Values(plain), Values(shared));
        for (int i = 0; i < 6; i++)
        {
            double decayed = before[i] * (1 - (0.05 * 0.25 * 0.2));
            Assert.Equal(decayed + (0.25 * (full[i] - before[i])), part[i], 1e-5);
        }
    }

    [Fact]
    public void Restore_goes_on_as_if_nothing_had_been()
    {
        using var network = Network(new Random(1));
        using var adam = new Adam(network, [new("dense/kernel")]);
        var random = new Random(2);
        for (int i = 0; i < 5; i++) StepOnce(network, adam, random);
        using var copy = Network(new Random(1));
        using (no_grad()) copy.Variable("dense/kernel").copy_(network.Variable("dense/kernel"));
        using var restored = new Adam(copy, [new("dense/kernel")]);

        restored.Restore(new TensorTable(adam.Moments()), adam.Steps);
        StepOnce(network, adam, new Random(3));
        StepOnce(copy, restored, new Random(3));

        Assert.Equal(Values(network), Values(copy));
        Assert.Equal(6, restored.Steps);
    }

    private static TorchNetwork Network(Random random)
    {
        var network = new TorchNetwork(Graph, new TensorTable(Graph.Variables.Select(variable => new NamedTensor(
            variable.Name, variable.Shape, [.. Enumerable.Range(0, variable.Length).Select(_ => random.NextSingle())]))), 0);
        network.MakeTrainable(["dense/kernel", "dense/bias"]);
        return network;
    }

    private static void StepOnce(TorchNetwork network, Adam adam, Random random)
    {
        Backward(network, adam, random);
        adam.Step(learningRate: 0.05);
    }

    /// <summary>Computes a gradient and gives it in the order of <see cref="Values"/>.</summary>
    private static double[] Backward(TorchNetwork network, Adam adam, Random random)
    {
        using var scope = NewDisposeScope();
        adam.ZeroGradients();
        var input = tensor(Enumerable.Range(0, 12).Select(_ => random.NextSingle()).ToArray(), [4, 3]);
        network.call(input).square().sum().backward();
        return
        [
            .. network.Variable("dense/kernel").grad!.data<float>().ToArray().Select(value => (double)value),
            .. network.Variable("dense/bias").grad!.data<float>().ToArray().Select(value => (double)value),
        ];
    }

    private static double[] Values(TorchNetwork network)
    {
        using var scope = NewDisposeScope();
        return
        [
            .. network.Variable("dense/kernel").detach().data<float>().ToArray().Select(value => (double)value),
            .. network.Variable("dense/bias").detach().data<float>().ToArray().Select(value => (double)value),
        ];
    }
}
