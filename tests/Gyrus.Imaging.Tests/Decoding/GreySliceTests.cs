using Gyrus.Dicom.Display;
using Gyrus.Imaging.Decoding;
using Xunit;

namespace Gyrus.Imaging.Tests.Decoding;

public class GreySliceTests
{
    [Fact]
    public void Pixels_that_are_not_square_are_stretched_to_the_proportions_of_the_head()
    {
        var scan = Slice(4, 4, rowSpacing: 2, columnSpacing: 1, i => i).ToScan(new GreyWindow(8, 16));

        Assert.Equal((4, 8), (scan.Width, scan.Height));
        Assert.Equal((6, 4), (Slice(4, 4, 1, 1.5, i => i).ToScan(new GreyWindow(8, 16)).Width, scan.Width));
    }

    [Fact]
    public void Levels_are_finer_than_pixels_also_where_they_are_stretched()
    {
        var scan = Slice(4000, 1, 1, 1, i => i).ToScan(GreyWindow.Between(0, 3999));
        var stretched = Slice(4000, 2, 1, 1.5, i => i % 4000).ToScan(GreyWindow.Between(0, 3999));

        Assert.Equal(4000, scan.Levels!.Distinct().Count());
        Assert.True(stretched.Levels!.Distinct().Count() > 4000);
        Assert.All(new[] { scan, stretched }, one => Assert.All(Enumerable.Range(0, one.Levels!.Length), i => Assert.Equal(one.Levels[i], one.Rgb[3 * i], 0.5001)));
    }

    [Fact]
    public void The_window_is_the_one_wanted_else_the_files_else_a_brains_for_CT()
    {
        var slice = Slice(2, 1, 1, 1, i => i == 0 ? 0 : 79) with { IsCt = true };
        int Bright(GreySlice of, GreyWindow? wanted = null) => of.ToScan(wanted).Rgb[^1];

        // 79 is the last value of the brain's window of 80 about 40.
        Assert.Equal(255, Bright(slice));
        Assert.Equal(0, Bright(slice with { Window = new GreyWindow(500, 100) }));
        Assert.Equal(255, Bright(slice with { Window = new GreyWindow(500, 100) }, new GreyWindow(0, 2)));
        Assert.Equal(0, Bright(slice with { IsInverted = true }));
    }

    [Fact]
    public void Without_a_window_a_few_bright_values_do_not_darken_the_rest()
    {
        // A disc on black with two hot pixels, as vessels and implants make.
        var slice = Slice(100, 100, 1, 1, i => (i % 100, i / 100) is var (x, y) && i is 5050 or 5150 ? 10_000 : Math.Pow(x - 50, 2) + Math.Pow(y - 50, 2) < 1200 ? 20 + (2 * x) : 0);

        Assert.InRange(slice.ToScan().Rgb[3 * ((50 * 100) + 70)], 150, 255);
    }

    private static GreySlice Slice(int width, int height, double rowSpacing, double columnSpacing, Func<int, double> value) => new(
        width, height, [.. Enumerable.Range(0, width * height).Select(i => (float)value(i))], rowSpacing, columnSpacing, IsInverted: false, Window: null, IsCt: false, "dicom");
}
