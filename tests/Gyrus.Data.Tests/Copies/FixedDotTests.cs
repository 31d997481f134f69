using FsCheck;
using FsCheck.Fluent;
using Gyrus.Data.Copies;
using Xunit;

namespace Gyrus.Data.Tests.Copies;

public sealed class FixedDotTests
{
    [Fact]
    public void Of_adds_in_the_order_that_it_says() =>
        Prop.ForAll(Pairs(), pair => FixedDot.Of(pair.Left, pair.Right) == InWords(pair.Left, pair.Right)).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_is_near_the_sum_in_double_precision() =>
        Prop.ForAll(Pairs(), pair =>
        {
            double exact = pair.Left.Zip(pair.Right, (a, b) => (double)a * b).Sum();
            double size = pair.Left.Zip(pair.Right, (a, b) => Math.Abs((double)a * b)).Sum();
            return Math.Abs(FixedDot.Of(pair.Left, pair.Right) - exact) <= 1e-6 * size;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_vectors_of_different_lengths_is_refused() =>
        Assert.Throws<ArgumentException>(() => FixedDot.Of([1, 2], [1]));

    private static float InWords(float[] left, float[] right)
    {
        var lanes = new float[8];
        int whole = left.Length / 8 * 8;
        for (int i = 0; i < whole; i++) lanes[i % 8] = MathF.FusedMultiplyAdd(left[i], right[i], lanes[i % 8]);
        float sum = ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
        for (int i = whole; i < left.Length; i++) sum = MathF.FusedMultiplyAdd(left[i], right[i], sum);
        return sum;
    }

    private static Arbitrary<(float[] Left, float[] Right)> Pairs() =>
        (from length in Gen.Choose(0, 70)
         from left in Gen.Choose(-10_000, 10_000).Select(i => i / 317f).ListOf(length)
         from right in Gen.Choose(-10_000, 10_000).Select(i => i / 719f).ListOf(length)
         select (left.ToArray(), right.ToArray())).ToArbitrary();
}
