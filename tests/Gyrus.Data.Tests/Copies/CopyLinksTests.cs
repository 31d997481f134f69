using Gyrus.Data.Copies;
using Xunit;

namespace Gyrus.Data.Tests.Copies;

public sealed class CopyLinksTests
{
    private const double Weak = 0.955;
    private const double Strong = 0.995;
    private const int Hundreds = 300;

    [Theory]
    [InlineData(Weak)]
    [InlineData(Strong)]
    public void One_mistaken_link_does_not_join_two_large_groups(double similarity)
    {
        var links = TwoGroups();

        bool joined = links.Join(Link(7, Hundreds + 11, similarity));

        Assert.False(joined);
        Assert.False(links.AreJoined(7, Hundreds + 11));
        Assert.Equal([Hundreds, Hundreds], links.Groups().Select(group => group.Count));
    }

    [Fact]
    public void Many_mistaken_links_do_not_join_two_large_groups()
    {
        var links = TwoGroups();

        for (int i = 0; i < Hundreds; i++) links.Join(Link(i, Hundreds + i, Strong));

        Assert.Equal([Hundreds, Hundreds], links.Groups().Select(group => group.Count));
    }

    [Fact]
    public void Two_halves_of_one_family_are_joined()
    {
        var links = new CopyLinks(2 * Hundreds, (_, _) => true);
        for (int i = 1; i < Hundreds; i++)
        {
            links.Join(Link(0, i, Weak));
            links.Join(Link(Hundreds, Hundreds + i, Weak));
        }

        Assert.True(links.Join(Link(5, Hundreds + 5, Weak)));
        Assert.Equal([2 * Hundreds], links.Groups().Select(group => group.Count));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void A_chain_in_which_only_neighbours_are_alike_stays_in_small_groups(int reach)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            var links = new CopyLinks(Hundreds, (first, second) => Math.Abs(first - second) <= reach);
            CopyLink[] chain = [.. from first in Enumerable.Range(0, Hundreds)
                               from way in Enumerable.Range(1, reach)
                               where first + way < Hundreds
                               select Link(first, first + way, Weak)];
            new Random(seed).Shuffle(chain);

            foreach (var link in chain) links.Join(link);

            Assert.NotEmpty(links.Groups());
            Assert.InRange(links.Groups().Max(group => group.Count), 2, 6 * reach);
        }
    }

    [Fact]
    public void Copies_of_copies_are_joined_though_first_and_last_are_not_alike()
    {
        var links = new CopyLinks(5, (first, second) => Math.Abs(first - second) <= 1);

        for (int i = 1; i < 5; i++) Assert.True(links.Join(Link(i - 1, i, Strong)));

        Assert.True(links.AreJoined(0, 4));
    }

    private static CopyLinks TwoGroups()
    {
        var links = new CopyLinks(2 * Hundreds, (first, second) => first < Hundreds == second < Hundreds);
        for (int i = 1; i < Hundreds; i++)
        {
            links.Join(Link(i - 1, i, Weak));
            links.Join(Link(Hundreds + i - 1, Hundreds + i, Strong));
        }
        return links;
    }

    private static CopyLink Link(int first, int second, double similarity) =>
        new(first, second, similarity, new Alignment(1, 0, 0, 0, 1, 0));
}
