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
    public void Over_rises_from_centre_to_centre_and_is_level_beyond()
    {
        var map = new EvidenceMap(2, 1, [0, 8]);

        var image = map.Over(Whole, 8, 1);

        Assert.Equal((0, 0, 8, 8), (image[0], image[1], image[6], image[7]));
        Assert.Equal(image.Order(), image);
        Assert.All(image.Zip(image.Reverse()), pair => Assert.Equal(8, pair.First + pair.Second, 1e-5));
    }

    [Fact]
    public void Over_follows_a_parabola_between_the_cells_to_its_peak()
    {
        float At(double x) => (float)(5 - ((x - 2.7) * (x - 2.7)));
        var map = new EvidenceMap(7, 1, [.. Enumerable.Range(0, 7).Select(x => At(x))]);

        var image = map.Over(Whole, 70, 1);

        for (int i = 15; i < 55; i++) Assert.Equal(At((i + 0.5) / 10 - 0.5), image[i], 1e-4);
        Assert.InRange(Array.IndexOf(image, image.Max()), 31, 32);
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
    public void Over_goes_beyond_the_maps_values_by_little()
    {
        Prop.ForAll(
            ArbMap.Default.ArbFor<(PositiveInt W, PositiveInt H, int Seed)>(),
            input =>
            {
                var random = new System.Random(input.Seed);
                var map = new EvidenceMap(5, 4, [.. Enumerable.Range(0, 20).Select(_ => random.NextSingle() - 0.5f)]);
                var image = map.Over(Whole, input.W.Get, input.H.Get);
                // The kernel's weights have absolute values of 1.25 at most together, along each axis.
                double beyond = (1.25 * 1.25 - 1) / 2 * (map.Values.Max() - map.Values.Min()) + 1e-6;
                return image.Length == input.W.Get * input.H.Get
                    && image.All(value => value >= map.Values.Min() - beyond && value <= map.Values.Max() + beyond);
            }).QuickCheckThrowOnFailure();
    }
}
