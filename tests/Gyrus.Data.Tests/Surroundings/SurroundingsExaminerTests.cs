using Gyrus.Data.Surroundings;
using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.HeadRegion;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Data.Tests.Surroundings;

public sealed class SurroundingsExaminerTests
{
    /// <summary>Paths of the published set with what was seen on each by eye: <c>text</c> for writing or drawing outside
    /// the head that can be read as the image stands, else <c>none</c>.</summary>
    private static IEnumerable<(string Path, bool Text)> Judged()
    {
        var root = TestFiles.Scans();
        var list = Path.Combine(TestFiles.Root, "tests/Gyrus.Data.Tests/Surroundings/burned-in-text.csv");
        foreach (var line in File.ReadLines(list).Skip(1))
        {
            int comma = line.LastIndexOf(',');
            yield return (Path.Combine(root, line[..comma]), line[(comma + 1)..] == "text");
        }
    }

    [Fact]
    public void Examine_finds_the_writing_that_was_seen_by_eye()
    {
        var judged = Judged().ToList();
        var found = judged.Select(image => SurroundingsExaminer.Examine(ScanDecoder.Read(image.Path)).BurnedInText).ToList();

        int both = judged.Zip(found).Count(pair => pair.First.Text && pair.Second);
        Assert.Equal(210, judged.Count);
        // 45 of 48 were found, and nothing else.
        Assert.InRange((double)both / judged.Count(image => image.Text), 0.92, 1);
        Assert.InRange((double)both / found.Count(text => text), 0.95, 1);
    }

    [Fact]
    public void Examine_finds_writing_put_into_a_corner()
    {
        var random = new Random(5);
        int tried = 0, found = 0;
        foreach (var (path, text) in Judged())
        {
            var scan = ScanDecoder.Read(path);
            if (text || HeadFinder.Find(scan) is not { } head) continue;
            var words = string.Concat(Enumerable.Range(0, 10)
                .Select(_ => DrawnScan.Alphabet[random.Next(DrawnScan.Alphabet.Length - 1)]));
            int size = random.Next(1, 3);
            int left = random.Next(2) == 0 ? 3 : scan.Width - 3 - 60 * size;
            int top = random.Next(2) == 0 ? 3 : scan.Height - 3 - 7 * size;
            byte brightness = (byte)random.Next(140, 256);
            // Writing on a head that fills the corner is not outside it.
            if (Covered(head, left, top, 60 * size, 7 * size) > 0.5) continue;
            tried++;
            var written = DrawnScan.On(scan).Text(left, top, words, size, brightness, brightness, brightness).Scan;
            if (SurroundingsExaminer.Examine(written).BurnedInText) found++;
        }
        Assert.True(tried > 120);
        Assert.InRange((double)found / tried, 0.97, 1);
    }

    [Theory]
    [InlineData(0, 255, 255, 255)]
    [InlineData(0, 255, 0, 0)]
    [InlineData(0, 0, 0, 255)]
    [InlineData(255, 0, 0, 0)]
    [InlineData(255, 255, 0, 0)]
    [InlineData(128, 255, 255, 255)]
    public void Examine_finds_writing_in_any_colour(byte background, byte red, byte green, byte blue)
    {
        var drawn = new DrawnScan(320, 320, background).Head(160, 160, 90, 110);
        Assert.False(SurroundingsExaminer.Examine(drawn.Scan).BurnedInText);

        Assert.True(SurroundingsExaminer.Examine(drawn.Text(4, 306, "MARTA", 1, red, green, blue).Scan).BurnedInText);
    }

    [Fact]
    public void Examine_takes_noise_margins_and_a_head_holder_for_no_writing()
    {
        var plain = new DrawnScan(320, 320, 20).Head(160, 150, 90, 110).Noise(7, 12);
        var margins = new DrawnScan(320, 320, 0).Head(160, 150, 90, 110).Rectangle(0, 300, 320, 320, 255)
            .Rectangle(0, 0, 12, 320, 120);
        var holder = new DrawnScan(320, 320, 0).Ellipse(160, 150, 150, 150, 230).Ellipse(160, 150, 145, 145, 0)
            .Rectangle(0, 0, 320, 170, 0).Head(160, 140, 80, 100);

        Assert.All(
            (DrawnScan[])[plain, margins, holder],
            drawn => Assert.False(SurroundingsExaminer.Examine(drawn.Scan).BurnedInText));
    }

    [Fact]
    public void Examine_on_a_blank_image_finds_nothing()
    {
        var facts = SurroundingsExaminer.Examine(new DrawnScan(40, 30, 90).Scan);

        Assert.False(facts.HeadFound);
        Assert.Equal(0, facts.HeadShare);
        Assert.False(facts.BurnedInText);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 900)]
    [InlineData(1700, 5)]
    public void Examine_stands_images_of_any_shape(int width, int height) =>
        Assert.Equal(
            SurroundingsColumns.Count, SurroundingsExaminer.Examine(new DrawnScan(width, height, 90).Scan).Columns.Length);

    [Fact]
    public void Features_do_not_change_with_the_brain()
    {
        var one = new DrawnScan(320, 320, 10).Head(160, 160, 120, 170).Text(2, 2, "MARTA", 1, 255, 255, 255);
        var other = DrawnScan.On(one.Scan).Ellipse(170, 150, 40, 30, 160);

        Assert.Equal(
            SurroundingsExaminer.Examine(one.Scan).Columns, SurroundingsExaminer.Examine(other.Scan).Columns);
    }

    [Fact]
    public void Features_tell_where_the_border_is_bright_and_where_the_writing_is()
    {
        var drawn = new DrawnScan(320, 320, 0).Head(160, 160, 90, 110).Rectangle(0, 0, 40, 5, 204)
            .Text(250, 300, "MARTA", 2, 255, 255, 255);

        var features = SurroundingsExaminer.Examine(drawn.Scan).Columns;

        Assert.All(features, value => Assert.InRange(value, 0, 1));
        Assert.Equal(0.8, features[0], 0.01);
        Assert.Equal(0, features[1], 0.01);
        int text = SurroundingsColumns.BorderCount;
        Assert.Equal(0, features[text + 7]);
        Assert.InRange(features[text + 63], 0.1, 1);
    }

    private static double Covered(HeadMask head, int left, int top, int width, int height)
    {
        int covered = 0;
        for (int i = 0; i < width * height; i++)
        {
            int x = left + i % width, y = top + i / width;
            if (x < 0 || x >= head.Width || head.Inside[y * head.Width + x]) covered++;
        }
        return (double)covered / (width * height);
    }
}
