using Gyrus.Dicom.Display;
using Xunit;

namespace Gyrus.Dicom.Tests.Display;

public class GreyWindowTests
{
    [Theory]
    // PS3.3 section C.11.2.1.2.1, note 1: centre 2048 and width 4096 show 0 as black and 4095 as white.
    [InlineData(2048, 4096, 0, 0)]
    [InlineData(2048, 4096, 4095, 1)]
    [InlineData(2048, 4096, 5000, 1)]
    // Note 2: of centre 2048 and width 1, all below 2048 is black.
    [InlineData(2048, 1, 2047, 0)]
    [InlineData(2048, 1, 2048, 1)]
    [InlineData(40, 80, 40, 0.506329)]
    public void A_linear_window_is_that_of_the_standard(double centre, double width, double value, double grey) =>
        Assert.Equal(grey, new GreyWindow(centre, width).Grey(value), 5);

    [Fact]
    public void An_exact_window_has_its_centre_in_the_middle_and_a_sigmoid_too()
    {
        Assert.Equal(0.5, new GreyWindow(7, 10, WindowShape.LinearExact).Grey(7));
        Assert.Equal(0.5, new GreyWindow(7, 10, WindowShape.Sigmoid).Grey(7));
        Assert.Equal(1 / (1 + Math.Exp(-4)), new GreyWindow(7, 10, WindowShape.Sigmoid).Grey(17), 12);
    }

    [Fact]
    public void A_window_is_named_or_told_in_numbers()
    {
        Assert.Equal(new GreyWindow(40, 80), GreyWindow.Parse("brain"));
        Assert.Equal(new GreyWindow(-3.5, 12), GreyWindow.Parse("-3.5,12"));
        Assert.Contains("brain", Assert.Throws<GyrusException>(() => GreyWindow.Parse("40,0")).Message, StringComparison.Ordinal);
    }
}
