using Gyrus.Imaging.HeadRegion;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Imaging.Tests.HeadRegion;

public sealed class HeadBlankingTests
{
    [Fact]
    public void Apply_keeps_the_head_to_the_bit_and_blackens_the_rest()
    {
        var scan = new DrawnScan(300, 310, 30).Head(150, 150, 90, 100).Noise(3, 20).Scan;
        var before = (byte[])scan.Rgb.Clone();
        var mask = HeadFinder.Find(scan)!;
        float[] levels = [.. before.Where((_, i) => i % 3 == 0).Select(grey => grey + 0.5f)];

        var blanked = HeadBlanking.Apply(scan with { Levels = levels }, mask);

        for (int i = 0; i < mask.Inside.Length; i++)
        {
            var expected = mask.Inside[i] ? before.AsSpan(3 * i, 3).ToArray() : [0, 0, 0];
            Assert.Equal(expected, blanked.Rgb.AsSpan(3 * i, 3).ToArray());
        }
        Assert.Equal(levels.Select((level, i) => mask.Inside[i] ? level : 0), blanked.Levels!);
        Assert.Contains(false, mask.Inside);
        Assert.Equal(before, scan.Rgb);
    }

    [Fact]
    public void Apply_refuses_the_mask_of_another_scan() => Assert.Throws<ArgumentException>(
        () => HeadBlanking.Apply(new DrawnScan(4, 4, 0).Scan, new HeadMask(2, 8, new bool[16])));
}
