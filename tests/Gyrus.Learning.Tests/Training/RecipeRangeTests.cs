using System.Text.Json;
using Gyrus.Learning.Backbones;
using Gyrus.Learning.Heads;
using Gyrus.Learning.Networks;
using Gyrus.Learning.Training;
using Xunit;

namespace Gyrus.Learning.Tests.Training;

public sealed class RecipeRangeTests
{
    [Theory]
    [InlineData(1_000_000_000)]
    [InlineData(0)]
    [InlineData(-3)]
    public void Head_with_a_layer_of_so_many_units_is_refused(int units)
    {
        var error = Assert.Throws<GyrusException>(new HeadOptions([256, units], 0.2).Validate);

        Assert.Contains($"1 to {HeadOptions.MostUnits} units; {units} was asked for", error.Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(100_000)]
    public void Size_out_of_range_is_refused(int size)
    {
        var error = Assert.Throws<GyrusException>(() => Backbone.Xception.Preprocessing(size: size));

        Assert.Contains($"{size} was asked for", error.Message);
        Assert.Equal(299, Backbone.Xception.Preprocessing().Size);
        Assert.Equal(Backbone.LeastSize, Backbone.ResNet50.Preprocessing(size: Backbone.LeastSize).Size);
    }

    [Theory]
    [InlineData("banana")]
    [InlineData("cuda:")]
    [InlineData("cuda:x")]
    [InlineData("")]
    public void Device_that_is_none_is_refused_before_any_work(string device)
    {
        Assert.Contains($"There is no device '{device}'", Assert.Throws<GyrusException>(new ComputeOptions(device).Validate).Message);
        new ComputeOptions("cuda:1").Validate();
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-1)]
    [InlineData(double.PositiveInfinity)]
    public void Clip_out_of_range_is_refused(double longest) =>
        Assert.Throws<GyrusException>(new TrainingOptions { ClipGradients = longest }.Validate);

    [Fact]
    public void Recipe_without_a_clip_is_written_as_it_was_before_there_was_one() =>
        Assert.DoesNotContain("Clip", JsonSerializer.Serialize(new TrainingOptions()));
}
