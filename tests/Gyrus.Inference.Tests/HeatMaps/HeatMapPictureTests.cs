using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.Grey;
using Gyrus.Imaging.Labels;
using Gyrus.Inference.HeatMaps;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Inference.Tests.HeatMaps;

public sealed class HeatMapPictureTests : IDisposable
{
    private static readonly ImageArea Whole = new(0, 0, 1, 1);

    private readonly TempFolder _temp = new();

    [Fact]
    public void Draw_is_warm_where_evidence_is_for_a_tumour_cool_where_against_and_the_scan_where_there_is_none()
    {
        var grey = new GreyPicture(200, 150, Enumerable.Repeat((byte)90, 200 * 150).ToArray());

        var picture = Decode(HeatMapPicture.Draw(grey, new EvidenceMap(3, 1, [2, 0, -2]), Whole));

        var (warm, none, cool) = (Pixel(picture, 10, 75), Pixel(picture, 100, 75), Pixel(picture, 190, 75));
        Assert.True(warm.R > warm.B + 80);
        Assert.True(cool.B > cool.R + 80);
        Assert.InRange(none.R, 85, 95);
        Assert.InRange(none.B, 85, 95);
        Assert.InRange(picture.Width, 201, 300);
        Assert.Equal(150, picture.Height);
    }

    [Fact]
    public void Bar_of_a_label_has_other_words_than_that_of_a_tumour_beside_the_same_colours()
    {
        var grey = new GreyPicture(200, 150, Enumerable.Repeat((byte)90, 200 * 150).ToArray());
        var map = new EvidenceMap(3, 1, [2, 0, -2]);

        var tumour = Decode(HeatMapPicture.Draw(grey, map, Whole));
        var label = Decode(HeatMapPicture.Draw(grey, map with { Label = new ScanLabel("größer als 3 cm") }, Whole));

        int[] Rows(Scan picture, Func<int, bool> columns) => [.. Enumerable.Range(0, 150).Where(y => Enumerable.Range(0, picture.Width)
            .Any(x => columns(x) && Pixel(picture, x, y) != Pixel(tumour, x, y)))];
        Assert.Equal((tumour.Width, tumour.Height), (label.Width, label.Height));
        Assert.Empty(Rows(label, x => x < 200));
        Assert.Contains(Rows(label, x => x > 200), y => y < 30);
        Assert.Contains(Rows(label, x => x > 200), y => y > 130);
        Assert.DoesNotContain(Rows(label, x => x > 200), y => y is > 30 and < 130);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(40, 30)]
    [InlineData(3, 2000)]
    [InlineData(2000, 3)]
    [InlineData(1400, 1000)]
    public void Draw_takes_a_scan_of_any_size_and_is_never_large(int width, int height)
    {
        var scan = new Scan(width, height, "RGB", "png", new byte[3 * width * height]);

        var picture = Decode(HeatMapPicture.Draw(HeatMapPicture.Backdrop(scan), new EvidenceMap(2, 2, [1, 2, 3, 4]), Whole));

        Assert.InRange(picture.Width, Math.Min(width, 512), 512 + 130);
        Assert.InRange(picture.Height, 120, 512);
    }

    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(0.03, 0.1)]
    [InlineData(0.11, 0.15)]
    [InlineData(2, 2)]
    [InlineData(-2.1, 3)]
    [InlineData(99, 100)]
    public void Scale_ends_at_a_round_number_that_holds_the_map(double value, double limit)
    {
        var scale = EvidenceScale.Of(new EvidenceMap(2, 1, [0, (float)value]));

        Assert.Equal(limit, scale.Limit, 1e-9);
        Assert.Equal(["0"], scale.Ticks().Where(tick => tick.Value == 0).Select(tick => tick.Label));
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(1.5)]
    [InlineData(300)]
    [InlineData(10000)]
    public void Every_label_of_a_scale_can_be_written(double limit)
    {
        foreach (var (_, label) in new EvidenceScale(limit).Ticks()) Assert.NotEmpty(BitmapText.Pixels(label));
        foreach (var word in (string[])["log-odds", "tumour", "healthy", "for", "against"]) Assert.NotEmpty(BitmapText.Pixels(word));
    }

    [Fact]
    public void Colours_are_further_from_the_scan_the_stronger_the_evidence()
    {
        foreach (var sign in (int[])[-1, 1])
        {
            var differences = Enumerable.Range(0, 11)
                .Select(i => EvidenceColours.Over(60, sign * i / 10f))
                .Select(c => Math.Abs(c.R - c.B)).ToList();
            Assert.Equal(differences.Order(), differences);
        }
    }

    [Theory]
    [InlineData("a/scan.png", "b/scan.png")]
    [InlineData("scan.png", "scan.jpg")]
    [InlineData("x/a b.png", "x/a_b.png")]
    public void Names_of_different_scans_differ(string first, string second) =>
        Assert.NotEqual(HeatMapFile.Name(first), HeatMapFile.Name(second));

    [Theory]
    [InlineData("grade I", "grade_I")]
    [InlineData("grade I", null)]
    [InlineData("../x", "..\\x")]
    [InlineData("a label of more letters than fit, A", "a label of more letters than fit, B")]
    public void Names_of_different_labels_differ_and_stay_in_the_folder(string first, string? second)
    {
        var names = ((string?[])[first, second]).Select(label => HeatMapFile.Name("x/scan.png", label)).ToList();

        Assert.NotEqual(names[0], names[1]);
        Assert.All(names, name => Assert.Matches(@"^scan-[\w.\-]*\.heatmap\.png$", name));
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("..")]
    [InlineData("/")]
    [InlineData("a/..%2f.png")]
    [InlineData("x/\n\0\e[31m.png")]
    [InlineData("..\\..\\x.png")]
    public void Names_stay_in_the_folder_whatever_the_path(string path) =>
        Assert.Matches(@"^[\w\-][\w.\-]*$|^-[0-9a-f]{12}\.heatmap\.png$", HeatMapFile.Name(path));

    [Fact]
    public void Name_of_a_long_path_is_short_enough_for_any_disk() => Assert.InRange(
        System.Text.Encoding.UTF8.GetByteCount(HeatMapFile.Name(new string('\u30B9', 300) + ".png", new string('\u30B9', 100))), 20, 230);

    [Fact]
    public void Write_into_a_file_says_what_to_do()
    {
        File.WriteAllText(_temp.File("maps"), "a file");

        var error = Assert.Throws<GyrusException>(() => HeatMapFile.Write(_temp.File("maps"), "a.png", null, [1]));

        Assert.Contains("Name a folder that can be written to", error.Message);
    }

    public void Dispose() => _temp.Dispose();

    private Scan Decode(byte[] png)
    {
        var path = _temp.File("picture.png");
        File.WriteAllBytes(path, png);
        return ScanDecoder.Read(path);
    }

    private static (byte R, byte G, byte B) Pixel(Scan scan, int x, int y)
    {
        int at = 3 * ((y * scan.Width) + x);
        return (scan.Rgb[at], scan.Rgb[at + 1], scan.Rgb[at + 2]);
    }
}
