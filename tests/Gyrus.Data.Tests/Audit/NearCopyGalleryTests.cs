using System.Text.RegularExpressions;
using Gyrus.Data.Acquisition;
using Gyrus.Data.Audit;
using Gyrus.Data.AuditPages;
using Gyrus.Data.Copies;
using Gyrus.Data.Examining;
using Gyrus.Data.Shortcuts;
using Gyrus.Imaging.Acquisition;
using Xunit;

namespace Gyrus.Data.Tests.Audit;

/// <summary>What the page says of copies that are not the same file.</summary>
public sealed class NearCopyGalleryTests : IDisposable
{
    private readonly AuditRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void The_change_points_from_the_first_of_the_pair_to_the_second()
    {
        Write("test/ct_tumor/a.png", "train/ct_tumor/b.png");

        var page = Page(new CopyPair("test/ct_tumor/a.png", "train/ct_tumor/b.png", 0.9999, "mirrored"));

        // The training image stands on the left, and is the second of the pair.
        Assert.Contains("← mirrored, similarity 0.999", Section(page, "leakage"), StringComparison.Ordinal);
        Assert.Contains("→ mirrored, similarity 0.999", Section(page, "copies"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_leaking_image_without_a_direct_pair_in_the_training_part_is_shown_with_one_of_its_group()
    {
        Write("test/ct_tumor/a.png", "val/ct_tumor/b.png", "train/ct_tumor/c.png");

        var section = Section(
            Page(new CopyPair("test/ct_tumor/a.png", "val/ct_tumor/b.png", 0.9, "mirrored")), "leakage");

        Assert.Equal(1, Regex.Count(section, "class=\"card pair\""));
        Assert.Contains("copies by way of others", section, StringComparison.Ordinal);
        Assert.Contains("title=\"train/ct_tumor/c.png\"", section, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_labels_of_one_scan_stand_side_by_side()
    {
        Write("mri_tumor/a.png", "mri_glioma/b.png");

        var section = Section(Page(new CopyPair("mri_glioma/b.png", "mri_tumor/a.png", 0.9, "smaller")), "conflicts");

        Assert.Equal(
            ["mri_glioma", "mri_tumor"],
            Regex.Matches(section, "class=\"label\">([^<]*)").Select(label => label.Groups[1].Value));
        Assert.Contains("mri_glioma and mri_tumor", section, StringComparison.Ordinal);
        Assert.Contains("its copy mri_glioma/b.png is labelled mri_glioma", section, StringComparison.Ordinal);
    }

    private void Write(params string[] paths)
    {
        for (int i = 0; i < paths.Length; i++) _rig.Write(paths[i], AuditRig.Png(70 + i, 70, spread: 200));
    }

    /// <summary>The page where all images are one group.</summary>
    private string Page(CopyPair pair)
    {
        var found = AuditSource.Find(_rig.Root, "", null, CancellationToken.None);
        var examination = DatasetExamination.Run(
            found.Images, found.Unreadable, found.Ignored, _rig.File("cache"), null, CancellationToken.None);
        var group = new CopyGroup("group", [.. found.Images.Select(image => image.Path)], Exact: false);
        return AuditPage.Render(DatasetAudit.Of(
            _rig.Root, found, examination, new CopyReport([group], [pair]), new ShortcutReport(5, []),
            new AcquisitionReport(false, [], null, null, new AcquisitionKinds([], [], []))));
    }

    private static string Section(string page, string id)
    {
        var start = page.IndexOf($"<section id=\"{id}\">", StringComparison.Ordinal);
        return page[start..page.IndexOf("</section>", start, StringComparison.Ordinal)];
    }
}
