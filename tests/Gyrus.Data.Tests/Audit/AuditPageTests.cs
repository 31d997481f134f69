using System.Globalization;
using System.Text.RegularExpressions;
using Gyrus.Data.Audit;
using Gyrus.Data.AuditPages;
using NetVips;
using Xunit;

namespace Gyrus.Data.Tests.Audit;

public sealed partial class AuditPageTests : IDisposable
{
    private readonly AuditRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void A_hostile_name_is_text_and_nothing_else()
    {
        const string Hostile = "<script>alert('x')<";
        _rig.Scan($"{Hostile}/\"onerror='x' {{{{Name}}}}.png");
        _rig.Scan("other/<b>ü日本.png");
        _rig.Write("other/<img src=x>.png", [1]);

        var page = AuditPage.Render(_rig.Audit());

        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
        Assert.DoesNotContain("\"onerror", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(&#x27;x&#x27;)&lt;", page, StringComparison.Ordinal);
        Assert.Contains("ü日本.png", page, StringComparison.Ordinal);
        Assert.Contains("{{Name}}.png", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Leaking_pairs_stand_side_by_side_the_training_image_first()
    {
        _rig.Scan("test/mri_healthy/a.png");
        _rig.Scan("train/mri_healthy/z.png");

        var section = Section(AuditPage.Render(_rig.Audit()), "leakage");

        var titles = Titles().Matches(section).Select(title => title.Groups[1].Value);
        Assert.Equal(["train/mri_healthy/z.png", "test/mri_healthy/a.png"], titles);
        Assert.Contains("the same, byte for byte", section, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gallery_of_many_pairs_shows_some_and_says_how_many_there_are()
    {
        for (int i = 0; i < 30; i++)
        {
            var picture = AuditRig.Png(70, 70 + i, spread: 200);
            _rig.Write($"train/ct_tumor/{i}.png", picture);
            _rig.Write($"test/ct_tumor/{i}.png", picture);
        }

        var section = Section(AuditPage.Render(_rig.Audit()), "leakage");

        Assert.Equal(24, Regex.Count(section, "class=\"card pair\""));
        Assert.Contains("24 of 30 groups", section, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_are_small_upright_JPEGs_inside_the_page()
    {
        using var wide = Image.NewFromBuffer(AuditRig.Png(400, 200, spread: 250));
        using var turned = wide.Mutate(image => image.Set(GValue.GIntType, "orientation", 6));
        _rig.Write("oblong.jpg", turned.JpegsaveBuffer());

        var data = Base64().Match(Section(AuditPage.Render(_rig.Audit()), "files")).Groups[1].Value;

        using var picture = Image.NewFromBuffer(Convert.FromBase64String(data));
        Assert.Equal((80, 160), (picture.Width, picture.Height));
    }

    [Fact]
    public void The_same_set_gives_the_same_page_wherever_numbers_are_written_with_commas()
    {
        _rig.Scan("train/mri_healthy/a.png");
        _rig.Scan("test/mri_healthy/b.png");
        var report = _rig.Audit();
        var page = AuditPage.Render(report);
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = "," } };
            Assert.Equal(page, AuditPage.Render(report));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void A_set_of_very_many_labels_and_sizes_gives_a_page_that_can_still_be_read()
    {
        _rig.Scan("a.png");
        var report = _rig.Audit();
        var counts = report.Counts with
        {
            Labels = [.. Enumerable.Range(0, 3000).Select(i => new LabelCount($"label {i}", 1, 1, 1, 0, 0, 0))],
            Sizes = [.. Enumerable.Range(0, 50_000).Select(i => new SizeCount(100 + (i % 1000), 100 + (i / 50), 1))],
        };

        var section = Section(AuditPage.Render(report with { Counts = counts }), "contents");

        Assert.InRange(section.Length, 10_000, 1_500_000);
        Assert.Contains("The first 40 of 3,000 labels.", section, StringComparison.Ordinal);
        Assert.Contains("40 of 3,000; all stand under counts.labels in audit.json.", section, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_gone_since_leaves_a_word_and_no_broken_picture()
    {
        _rig.Scan("train/mri_healthy/a.png");
        _rig.Scan("test/mri_healthy/b.png");
        var report = _rig.Audit();
        File.Delete(Path.Combine(_rig.Root, "test/mri_healthy/b.png"));

        Assert.Contains("The file is gone.", Section(AuditPage.Render(report), "leakage"), StringComparison.Ordinal);
    }

    private static string Section(string page, string id)
    {
        var start = page.IndexOf($"<section id=\"{id}\">", StringComparison.Ordinal);
        return page[start..page.IndexOf("</section>", start, StringComparison.Ordinal)];
    }

    [GeneratedRegex("title=\"([^\"]*)\"")]
    private static partial Regex Titles();

    [GeneratedRegex("src=\"data:image/jpeg;base64,([^\"]*)\"")]
    private static partial Regex Base64();
}
