using FsCheck;
using FsCheck.Fluent;
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
    public void Levels_are_the_greys_of_values_in_any_window()
    {
        var cases =
            from shape in Gen.Elements(Enum.GetValues<WindowShape>())
            from centre in Gen.Choose(-1000, 3000)
            from width in Gen.Elements(0.5, 1, 2, 80, 4096)
            from values in Gen.Choose(-40_000, 70_000).Select(value => value / 7f).ListOf()
            from isInverted in Gen.Elements(true, false)
            select (Window: new GreyWindow(centre, width, shape), Values: values.ToArray(), IsInverted: isInverted);
        Prop.ForAll(cases.ToArbitrary(), one =>
        {
            var levels = one.Window.Levels(one.Values, one.IsInverted);

            Assert.All(levels.Zip(one.Values), pair =>
            {
                double grey = one.Window.Grey(pair.Second);
                // Values and steps in float32: of a window of a few units a thousandth of its width.
                Assert.Equal(255 * (one.IsInverted ? 1 - grey : grey), pair.First, 255 * 1e-3 / Math.Min(1, one.Window.Width));
            });
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void What_is_no_number_is_black_and_what_has_no_end_is_at_the_windows_end() =>
        Assert.Equal([0, 0, 255], new GreyWindow(0, 10).Levels([float.NaN, float.NegativeInfinity, float.PositiveInfinity], isInverted: false));

    [Fact]
    public void A_window_is_named_or_told_in_numbers()
    {
        Assert.Equal(new GreyWindow(40, 80), GreyWindow.Parse("brain"));
        Assert.Equal(new GreyWindow(-3.5, 12), GreyWindow.Parse("-3.5,12"));
        Assert.Contains("brain", Assert.Throws<GyrusException>(() => GreyWindow.Parse("40,0")).Message, StringComparison.Ordinal);
    }
}
