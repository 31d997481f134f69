using Gyrus.Data.Acquisition;
using Xunit;

namespace Gyrus.Data.Tests.Acquisition;

public sealed class AgreementTests
{
    // Three clusters of three classes: the example of Introduction to Information Retrieval, figure 16.4.
    private static readonly string[] Parts = [.. Enumerable.Repeat("1", 6), .. Enumerable.Repeat("2", 6), .. Enumerable.Repeat("3", 5)];
    private static readonly string[] Classes = ["x", "x", "x", "x", "x", "o", "x", "o", "o", "o", "o", "d", "x", "x", "d", "d", "d"];

    [Fact]
    public void Purity_is_that_of_the_book() => Assert.Equal(12.0 / 17, Agreement.Purity(Parts, Classes), 1e-12);

    [Fact]
    public void Adjusted_rand_is_that_by_a_count_of_pairs()
    {
        // Of 136 pairs, 20 are together both ways, 40 in the clusters, 44 in the classes.
        double expected = 40.0 * 44 / 136;

        Assert.Equal((20 - expected) / (42 - expected), Agreement.AdjustedRand(Parts, Classes), 1e-12);
    }

    [Fact]
    public void Adjusted_rand_knows_nothing_of_names_and_can_be_below_chance()
    {
        Assert.Equal(1, Agreement.AdjustedRand(["a", "a", "b"], ["y", "y", "x"]));
        Assert.Equal(-0.5, Agreement.AdjustedRand(["a", "a", "b", "b"], ["x", "y", "x", "y"]), 1e-12);
    }
}
