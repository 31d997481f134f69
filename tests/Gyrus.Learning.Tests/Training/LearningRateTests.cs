using Gyrus.Learning.Training;
using Xunit;

namespace Gyrus.Learning.Tests.Training;

public sealed class LearningRateTests
{
    private static readonly TrainingOptions Cosine = new() { Schedule = Schedule.Cosine, LearningRate = 0.2, WarmUp = 0.1 };

    [Fact]
    public void Constant_is_the_same_at_every_step() =>
        Assert.Equal(0.2, LearningRate.At(Cosine with { Schedule = Schedule.Constant }, 57, 100));

    [Fact]
    public void Cosine_rises_over_the_warm_up_reaches_its_height_and_falls_to_almost_nothing()
    {
        double[] rates = [.. Enumerable.Range(0, 100).Select(step => LearningRate.At(Cosine, step, 100))];

        Assert.All(Enumerable.Range(1, 10), step => Assert.True(rates[step] > rates[step - 1]));
        Assert.Equal(0.2, rates[10], 1e-12);
        Assert.All(Enumerable.Range(11, 89), step => Assert.True(rates[step] < rates[step - 1]));
        Assert.InRange(rates[55], 0.099, 0.101);
        Assert.InRange(rates[99], 0, 0.001);
    }

    [Fact]
    public void Cosine_without_a_warm_up_starts_at_its_height() =>
        Assert.Equal(0.2, LearningRate.At(Cosine with { WarmUp = 0 }, 0, 100));
}
