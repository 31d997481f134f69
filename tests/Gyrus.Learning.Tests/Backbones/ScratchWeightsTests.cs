using Gyrus.Learning.Backbones;
using Gyrus.Learning.Layers;
using Gyrus.Learning.Networks;
using TorchSharp;
using Xunit;

namespace Gyrus.Learning.Tests.Backbones;

/// <summary>First weights that are drawn and not pretrained.</summary>
public class ScratchWeightsTests
{
    private const int Size = 64;

    public static TheoryData<string, float> Pixels => new()
    {
        { "resnet50", 100 },
        { "xception", 1 },
        { "densenet121", 2 },
        { "mobilenetv2", 1 },
    };

    [Theory]
    [MemberData(nameof(Pixels))]
    public void Features_of_drawn_weights_neither_vanish_nor_explode(string name, float largest)
    {
        var backbone = Backbone.Named(name);
        var weights = ScratchWeights.Draw(backbone, seed: 1);
        backbone.Graph.Require(weights.Tensors, "drawn");
        var random = new Random(1);
        var pixels = new float[2 * 3 * Size * Size];
        for (int i = 0; i < pixels.Length; i++) pixels[i] = random.NextSingle() < 0.5 ? -largest : (float)((random.NextDouble() * 2) - 1) * largest;
        using var network = new TorchNetwork(backbone.Graph, weights.Tensors, weights.BatchNormEpsilon);

        using var input = torch.tensor(pixels, [2, 3, Size, Size]);
        using var output = network.forward(input);
        float[] features = [.. output.data<float>()];

        double meanSquare = features.Average(value => (double)value * value);
        Assert.InRange(meanSquare, 0.01, 100);
        Assert.NotEqual(features[0], features[backbone.FeatureCount], 1e-3f);
    }

    [Theory]
    [InlineData("resnet50", 16)]
    [InlineData("xception", 12)]
    [InlineData("densenet121", 0)]
    [InlineData("mobilenetv2", 10)]
    public void Every_residual_branch_begins_at_zero(string name, int branches)
    {
        var backbone = Backbone.Named(name);

        var weights = ScratchWeights.Draw(backbone, seed: 1);

        var silent = backbone.Graph.Layers.OfType<BatchNormalisation>()
            .Where(norm => weights.Tensors[$"{norm.Name}/gamma"].Values.All(value => value == 0)).ToList();
        Assert.Equal(branches, silent.Count);
        Assert.Equal(branches, backbone.Graph.Layers.OfType<Add>().Count());
        Assert.All(silent, norm => Assert.DoesNotContain("_0_bn", norm.Name, StringComparison.Ordinal));
    }

    [Fact]
    public void A_seed_draws_the_same_weights_everywhere_and_another_seed_others()
    {
        var first = ScratchWeights.Draw(Backbone.ResNet50, seed: 1).Hash();

        Assert.StartsWith("5554a02ebdb85349", first, StringComparison.Ordinal);
        Assert.NotEqual(first, ScratchWeights.Draw(Backbone.ResNet50, seed: 2).Hash());
    }
}
