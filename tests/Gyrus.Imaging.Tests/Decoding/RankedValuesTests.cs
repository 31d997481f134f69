using FsCheck;
using FsCheck.Fluent;
using Gyrus.Imaging.Decoding;
using Xunit;

namespace Gyrus.Imaging.Tests.Decoding;

public sealed class RankedValuesTests
{
    [Fact]
    public void Values_are_those_of_sorting()
    {
        var some = Gen.OneOf(
            Gen.Choose(-40, 40).Select(i => (float)i), Gen.Choose(int.MinValue, int.MaxValue).Select(BitConverter.Int32BitsToSingle), Gen.Elements(0f, -0f, float.NaN, float.PositiveInfinity, float.MaxValue));
        Prop.ForAll(some.ListOf().ToArbitrary(), values =>
        {
            var ranked = new RankedValues([.. values]);
            float[] sorted = [.. values.Where(float.IsFinite).Order()];

            Assert.Equal(sorted.Length, ranked.Count);
            Assert.All(sorted, (value, rank) => Assert.Equal((value, sorted[^(rank + 1)]), ranked.At(rank, sorted.Length - 1 - rank)));
            Assert.All(sorted, value => Assert.Equal(sorted.Count(other => other <= value), ranked.CountUpTo(value)));
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public void A_rank_that_is_not_there_is_refused(int rank) => Assert.Throws<ArgumentOutOfRangeException>(() => new RankedValues([1, 2, float.NaN]).At(0, rank));
}
