using Gyrus.Imaging.Labels;
using Gyrus.Learning.Heads;
using Gyrus.Learning.Networks;
using Gyrus.Learning.Training;
using Xunit;
using static TorchSharp.torch;

namespace Gyrus.Learning.Tests.Training;

public sealed class EvidenceObjectiveTests
{
    private static readonly LabelSet Labels = PublishedLabels.Set;

    [Fact]
    public void Loss_is_the_share_of_the_lesion_in_the_evidence_counted_by_hand()
    {
        using var network = Network([]);
        var objective = new EvidenceObjective(network, Labels);
        using var inputs = Inputs(2);
        using var lesions = Lesions(2, drawn: 1);
        using var noGradient = no_grad();
        var (logits, taps) = network.Run(inputs, [objective.FeatureMap]);

        double loss = objective.Loss(taps[objective.FeatureMap], logits, lesions).item<float>();

        Assert.Equal(ByHand(network, taps[objective.FeatureMap], logits), loss, 1e-4);
    }

    [Fact]
    public void Images_whose_lesion_nobody_drew_count_nothing()
    {
        using var network = Network([]);
        var objective = new EvidenceObjective(network, Labels);
        using var inputs = Inputs(3);
        using var lesions = zeros(3, 32, 32);
        var (logits, taps) = network.Run(inputs, [objective.FeatureMap]);

        Assert.Equal(0, objective.Loss(taps[objective.FeatureMap], logits, lesions).item<float>());
    }

    [Fact]
    public void Steps_down_its_gradient_bring_the_evidence_to_the_lesion()
    {
        using var network = Network([]);
        network.MakeTrainable(network.Graph.Variables.Select(variable => variable.Name).Where(name => name.EndsWith("kernel", StringComparison.Ordinal)));
        var objective = new EvidenceObjective(network, Labels);
        using var inputs = Inputs(2);
        using var lesions = Lesions(2, drawn: 2);
        var optimiser = optim.Adam(network.parameters().Where(parameter => parameter.requires_grad), 0.02);
        double first = 0, last = 0;
        for (int step = 0; step < 60; step++)
        {
            using var scope = NewDisposeScope();
            optimiser.zero_grad();
            var (logits, taps) = network.Run(inputs, [objective.FeatureMap]);
            var loss = objective.Loss(taps[objective.FeatureMap], logits, lesions);
            last = loss.item<float>();
            if (step == 0) first = last;
            loss.backward();
            optimiser.step();
        }
        Assert.True(last < first / 2, $"{first} to {last}");
    }

    [Fact]
    public void Head_with_hidden_layers_is_refused()
    {
        using var network = Network([4]);

        Assert.Contains("hidden", Assert.Throws<GyrusException>(() => new EvidenceObjective(network, Labels)).Message, StringComparison.Ordinal);
    }

    private static TorchNetwork Network(int[] hidden)
    {
        var head = new HeadOptions(hidden, 0).Graph(TinyData.Backbone.FeatureCount, Labels.Count);
        var tensors = TinyData.Weights().Tensors.With(HeadWeights.Draw(head, 7));
        return new TorchNetwork(TinyData.Backbone.Graph.Then(head), tensors, TinyData.Weights().BatchNormEpsilon);
    }

    private static Tensor Inputs(int count) => rand([count, 3, 32, 32], generator: new Generator(4));

    // The upper left quarter of the first images.
    private static Tensor Lesions(int count, int drawn)
    {
        var lesions = new float[count, 32, 32];
        for (int i = 0; i < drawn; i++)
        {
            for (int y = 0; y < 16; y++)
            {
                for (int x = 0; x < 16; x++) lesions[i, y, x] = 1;
            }
        }
        return tensor(lesions);
    }

    private static double ByHand(TorchNetwork network, Tensor map, Tensor logits)
    {
        double[] Softmax(IEnumerable<double> values)
        {
            var powers = values.Select(Math.Exp).ToArray();
            return [.. powers.Select(power => power / powers.Sum())];
        }
        var given = Enumerable.Range(0, Labels.Count).Select(label => (double)logits[0, label].item<float>()).ToArray();
        double[] Among(bool tumours)
        {
            var places = Enumerable.Range(0, Labels.Count).Where(label => Labels[label].IsTumour == true == tumours).ToList();
            var shares = Softmax(places.Select(place => given[place]));
            var all = new double[Labels.Count];
            for (int i = 0; i < places.Count; i++) all[places[i]] = shares[i];
            return all;
        }
        var (tumours, healthy) = (Among(true), Among(false));
        var kernel = network.Variable("logits/kernel");
        int channels = (int)map.shape[1], side = (int)map.shape[2];
        var evidence = new List<(double Value, bool Inside)>();
        for (int y = 0; y < side; y++)
        {
            for (int x = 0; x < side; x++)
            {
                double sum = 0;
                for (int label = 0; label < Labels.Count; label++)
                {
                    for (int channel = 0; channel < channels; channel++)
                        sum += (tumours[label] - healthy[label]) * kernel[label, channel].item<float>() * map[0, channel, y, x].item<float>();
                }
                evidence.Add((sum, y < side / 2 && x < side / 2));
            }
        }
        var cells = Softmax(evidence.Select(cell => cell.Value));
        return -Math.Log(cells.Zip(evidence).Where(pair => pair.Second.Inside).Sum(pair => pair.First)) / 2;
    }
}
