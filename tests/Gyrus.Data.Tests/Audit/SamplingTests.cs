using FsCheck;
using FsCheck.Fluent;
using Gyrus.Data.AuditPages;
using Xunit;

namespace Gyrus.Data.Tests.Audit;

public sealed class SamplingTests
{
    [Fact]
    public void Kinds_share_the_room_and_what_the_small_ones_leave_goes_to_the_others()
    {
        string[] items = [.. Enumerable.Range(0, 50).Select(i => $"a{i}"), "b0", "b1", .. Enumerable.Range(0, 5).Select(i => $"c{i}")];

        var chosen = Sampling.Spread(items, 12, item => item[..1]);

        Assert.Equal(["a0", "a10", "a20", "a30", "a40", "b0", "b1", "c0", "c1", "c2", "c3", "c4"], chosen);
    }

    [Fact]
    public void As_many_as_there_is_room_for_are_chosen_each_once() => Prop.ForAll(
        Arb.From(from items in Gen.Choose(0, 60).ListOf() from most in Gen.Choose(1, 30) select (items.Distinct().ToList(), most)),
        c =>
        {
            var chosen = Sampling.Spread(c.Item1, c.most, item => $"{item % 4}");
            return chosen.Count == Math.Min(c.most, c.Item1.Count) && chosen.Distinct().Count() == chosen.Count
                && chosen.All(c.Item1.Contains);
        }).Check(Config.QuickThrowOnFailure);
}
