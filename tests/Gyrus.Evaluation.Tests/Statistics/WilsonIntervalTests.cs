using Gyrus.Evaluation.Statistics;
using Xunit;

namespace Gyrus.Evaluation.Tests.Statistics;

public class WilsonIntervalTests
{
    [Fact]
    public void No_case_of_ten_goes_up_to_z_squared_over_n_plus_z_squared()
    {
        var (low, high) = WilsonInterval.Of(0, 10);

        Assert.Equal(0, low);
        Assert.Equal(3.841459 / 13.841459, high, 1e-6);
    }

    [Fact]
    public void Half_of_a_hundred_is_symmetric()
    {
        var (low, high) = WilsonInterval.Of(0.5, 100);

        // z / (2 sqrt(n + z^2)) on either side.
        Assert.Equal(0.5 - (1.959964 / (2 * Math.Sqrt(103.841459))), low, 1e-6);
        Assert.Equal(1, low + high, 1e-9);
    }
}
