using Gyrus.Learning.Training;
using Xunit;
using static TorchSharp.torch;

namespace Gyrus.Learning.Tests.Training;

public sealed class MixingTests
{
    [Fact]
    public void Draw_keeps_the_greater_share_and_every_image_is_a_partner_once()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            var (share, partners) = Mixing.Draw(9, 0.4, seed);
            Assert.InRange(share, 0.5, 1);
            Assert.Equal(Enumerable.Range(0, 9), partners.Order());
        }
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(1)]
    [InlineData(3)]
    public void Draw_follows_the_beta_distribution(double alpha)
    {
        // Of a beta distribution with both parameters alpha, the variance is 1 / (4 (2 alpha + 1)).
        double square = Enumerable.Range(0, 20_000).Average(seed => Math.Pow(Mixing.Draw(2, alpha, seed).Share - 0.5, 2));

        Assert.Equal(1 / (4 * ((2 * alpha) + 1)), square, 0.004);
    }

    [Fact]
    public void Mix_adds_the_shares_of_an_image_and_its_partner()
    {
        using var inputs = tensor(new float[] { 1, 2, 10, 20 }, [2, 2]);

        using var mixed = Mixing.Mix(inputs, 0.75, [1, 0]);

        Assert.Equal([3.25f, 6.5f, 7.75f, 15.5f], mixed.data<float>().ToArray());
    }
}
