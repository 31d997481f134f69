using FsCheck;
using FsCheck.Fluent;
using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.HeadRegion;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Imaging.Tests.HeadRegion;

public sealed class HeadFinderTests
{
    [Fact]
    public void Find_loses_no_pixel_of_a_head_wherever_it_lies()
    {
        var placed = Gen.Choose(60, 260).Two().Zip(Gen.Choose(50, 130).Two());
        Prop.ForAll(placed.ToArbitrary(), Covers).QuickCheckThrowOnFailure();

        static bool Covers(((int X, int Y) Centre, (int X, int Y) Radius) head)
        {
            var ((x, y), (rx, ry)) = head;
            var mask = HeadFinder.Find(new DrawnScan(320, 320, 0).Head(x, y, rx, ry).Scan);
            return mask is not null && Enumerable.Range(0, 320 * 320)
                .All(i => mask.Inside[i] || !DrawnScan.InEllipse(i % 320, i / 320, x, y, rx, ry));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(255)]
    public void Find_tells_head_from_background_of_any_brightness(byte background)
    {
        var mask = HeadFinder.Find(new DrawnScan(300, 320, background).Head(150, 160, 90, 110).Scan);

        Assert.NotNull(mask);
        // The ellipse covers 0.324 of the image, and the margin is at most 4 cells of 2.5 pixels around it.
        Assert.InRange(mask.Share, 0.324, 0.42);
    }

    [Fact]
    public void Find_leaves_out_writing_in_the_corners_and_a_head_holder()
    {
        var drawn = new DrawnScan(320, 320, 0).Head(160, 150, 80, 100);
        foreach (int line in (int[])[4, 13, 22])
            drawn.Text(4, line, "MARTA KANN", 1, 255, 255, 255).Text(256, line, "22 05 2010", 1, 200, 200, 200);
        drawn.Rectangle(60, 300, 260, 304, 220);

        var mask = HeadFinder.Find(drawn.Scan);

        Assert.NotNull(mask);
        Assert.DoesNotContain(true, mask.Inside.AsSpan(0, 30 * 320).ToArray().Where((_, i) => i % 320 is < 66 or > 254));
        Assert.DoesNotContain(true, mask.Inside.AsSpan(300 * 320).ToArray());
    }

    [Fact]
    public void Find_has_no_holes_where_the_brain_is_dark()
    {
        var scan = new DrawnScan(320, 320, 0).Ellipse(160, 160, 120, 130, 200).Ellipse(160, 160, 110, 120, 0)
            .Ellipse(160, 160, 90, 100, 120).Ellipse(160, 160, 30, 30, 0).Scan;

        var mask = HeadFinder.Find(scan);

        Assert.NotNull(mask);
        Assert.All(
            Enumerable.Range(0, 320 * 320).Where(i => DrawnScan.InEllipse(i % 320, i / 320, 160, 160, 120, 130)),
            i => Assert.True(mask.Inside[i]));
    }

    [Fact]
    public void Find_keeps_what_the_border_cuts_off()
    {
        var mask = HeadFinder.Find(new DrawnScan(320, 200, 0).Head(160, 190, 150, 180).Scan);

        Assert.NotNull(mask);
        Assert.All(Enumerable.Range(12, 296), x => Assert.True(mask.Inside[199 * 320 + x]));
        Assert.False(mask.Inside[0]);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 400)]
    [InlineData(320, 320)]
    public void Find_gives_nothing_on_a_blank_image(int width, int height) =>
        Assert.Null(HeadFinder.Find(new DrawnScan(width, height, 17).Scan));

    [Fact]
    public void Find_gives_nothing_where_there_is_writing_alone() =>
        Assert.Null(HeadFinder.Find(new DrawnScan(320, 320, 0).Text(10, 10, "MARTA KANN", 1, 255, 255, 255).Scan));

    [Fact]
    public void Find_on_real_scans_of_each_label_finds_a_head_and_surroundings()
    {
        var root = TestFiles.Scans();
        var lines = File.ReadLines(Path.Combine(root, "published-split.csv")).Skip(1).Where((_, i) => i % 60 == 0).ToList();

        var shares = lines.Select(line => HeadFinder.Find(ScanDecoder.Read(Path.Combine(root, line.Split(',')[0])))?.Share)
            .ToList();

        Assert.Equal(7, lines.Select(line => line.Split(',')[1]).Distinct().Count());
        Assert.All(shares, share => Assert.InRange(share ?? 0, 0.15, 1));
        // A few scans are cut so tightly that there is nothing around the head.
        Assert.True(shares.Count(share => share > 0.95) <= shares.Count / 50);
    }
}
