using FsCheck;
using FsCheck.Fluent;
using Gyrus.Inference.HeatMaps;
using Xunit;

namespace Gyrus.Inference.Tests.HeatMaps;

public sealed class EvidenceMapTests
{
    private static readonly ImageArea Whole = new(0, 0, 1, 1);

    [Fact]
    public void Over_an_image_of_the_maps_own_size_is_the_map()
    {
        var map = new EvidenceMap(3, 2, [1, -2, 3, 4, 5, -6]);

        Assert.Equal(map.Values, map.Over(Whole, 3, 2));
    }

    [Fact]
    public void Over_goes_in_a_line_from_centre_to_centre_and_is_level_beyond()
    {
        var map = new EvidenceMap(2, 1, [0, 8]);

        Assert.Equal([0, 0, 1, 3, 5, 7, 8, 8], map.Over(Whole, 8, 1));
    }

    [Fact]
    public void Over_a_part_of_an_image_is_nothing_outside_it()
    {
        var map = new EvidenceMap(1, 1, [5]);

        Assert.Equal(
            [0, 0, 0, 0, 0, 5, 5, 0, 0, 5, 5, 0, 0, 0, 0, 0], map.Over(new ImageArea(0.25, 0.25, 0.5, 0.5), 4, 4));
    }

    [Fact]
    public void Over_an_area_that_reaches_beyond_the_image_shows_the_part_that_is_in_it()
    {
        var map = new EvidenceMap(4, 1, [1, 2, 3, 4]);

        Assert.Equal([2, 3], map.Over(new ImageArea(-0.5, 0, 2, 1), 2, 1));
    }

    [Fact]
    public void Over_stays_within_the_maps_values()
    {
        Prop.ForAll(
            ArbMap.Default.ArbFor<(PositiveInt W, PositiveInt H, int Seed)>(),
            input =>
            {
                var random = new System.Random(input.Seed);
                var map = new EvidenceMap(5, 4, [.. Enumerable.Range(0, 20).Select(_ => random.NextSingle() - 0.5f)]);
                var image = map.Over(Whole, input.W.Get, input.H.Get);
                return image.Length == input.W.Get * input.H.Get
                    && image.All(value => value >= map.Values.Min() - 1e-6 && value <= map.Values.Max() + 1e-6);
            }).QuickCheckThrowOnFailure();
    }
}
