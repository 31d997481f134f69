using System.Text.Json;
using Gyrus.Data.Audit;
using Gyrus.Data.AuditPages;
using Gyrus.Data.Import;
using Gyrus.Data.Manifests;
using Gyrus.Data.Splits;
using Gyrus.Data.Tests.Import;
using Xunit;

namespace Gyrus.Data.Tests.Audit;

public sealed class DatasetAuditTests : IDisposable
{
    private readonly AuditRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void Copies_leakage_and_conflicts_are_told_with_paths_relative_to_the_folder()
    {
        _rig.Scan("train/mri_healthy/a.png");
        _rig.Scan("test/mri_tumor/b.png");
        _rig.Scan("val/mri_healthy/c.png", "mri-healthy-sagittal.png");
        _rig.Scan("val/mri_healthy/d.png", "mri-healthy-sagittal.png");

        var report = _rig.Audit();

        Assert.Equal(4, report.Images);
        Assert.Equal(["test/mri_tumor/b.png"], report.Leakage);
        var conflict = Assert.Single(report.Conflicts);
        Assert.Equal(["test/mri_tumor/b.png", "train/mri_healthy/a.png"], conflict.Images);
        Assert.True(conflict.Exact);
        Assert.Equal((string[])["mri_healthy", "mri_tumor"], conflict.Labels);
        Assert.Equal((string[])["train", "test"], conflict.Parts);
        Assert.Equal(2, report.Groups.Count);
        Assert.Contains(new LeakageCount("mri_tumor", "test", 1, 1), report.LeakageByLabel);
        Assert.Contains(new LeakageCount("mri_healthy", "val", 2, 0), report.LeakageByLabel);
        Assert.Equal(Verdict.Fail, report.Line(Findings.Leakage).Verdict);
        Assert.Equal(Verdict.Fail, report.Line(Findings.Conflicts).Verdict);
        Assert.Equal(Verdict.Pass, report.Line(Findings.Heads).Verdict);
        Assert.Equal(
            $"gyrus data import {_rig.Root} --out dataset.csv && gyrus data split dataset.csv --by group --labels resolved",
            report.Line(Findings.Conflicts).Mend);
    }

    [Fact]
    public void Odd_files_are_each_told_as_what_they_are()
    {
        _rig.Scan("mri_healthy/scan.png");
        _rig.Scan("mri_healthy/png-inside.jpg", "mri-healthy-sagittal.png");
        _rig.Write("mri_healthy/blank.png", AuditRig.Png(100, 100, spread: 3));
        _rig.Write("mri_healthy/faint.png", AuditRig.Png(100, 101, spread: 40));
        _rig.Write("mri_healthy/tiny.png", AuditRig.Png(63, 64, spread: 250));
        _rig.Write("mri_healthy/oblong.png", AuditRig.Png(126, 100, spread: 250));
        _rig.Write("mri_healthy/just.png", AuditRig.Png(125, 100, spread: 250));
        _rig.Write("mri_healthy/empty.png", []);
        _rig.Write("mri_healthy/broken.png", [1, 2, 3]);
        _rig.Write("notes.txt", [65]);

        var report = _rig.Audit();

        Assert.Equal(["mri_healthy/blank.png"], report.Files.Blank);
        Assert.Equal(["mri_healthy/tiny.png"], report.Files.Tiny);
        Assert.Equal(["mri_healthy/oblong.png"], report.Files.Squashed);
        Assert.Equal([new WrongExtension("mri_healthy/png-inside.jpg", "png")], report.Files.WrongExtensions);
        Assert.Equal(["mri_healthy/broken.png", "mri_healthy/empty.png"], report.Unreadable);
        Assert.Equal(["mri_healthy/empty.png"], report.Empty);
        Assert.Equal((7, 1), (report.Images, report.Ignored));
        Assert.Equal(Verdict.Warn, report.Line(Findings.Files).Verdict);
        Assert.Equal(Verdict.Warn, report.Line(Findings.Unreadable).Verdict);
    }

    [Fact]
    public void Holiday_photographs_are_labelled_by_their_folders_and_said_not_to_be_scans()
    {
        for (int i = 0; i < 4; i++) _rig.Photograph($"2019/{(i < 2 ? "beach" : "hills")}/{i}.jpg", i);

        var report = _rig.Audit();

        Assert.Equal((string[])["beach", "hills"], report.Counts.Labels.Select(label => label.Label));
        Assert.Equal(Findings.Heads, report.ScoreCard[0].Finding);
        Assert.Equal(Verdict.Fail, report.ScoreCard[0].Verdict);
        Assert.StartsWith("These do not look like head scans", report.ScoreCard[0].Sentence, StringComparison.Ordinal);
        Assert.Equal(Verdict.Unknown, report.Line(Findings.Leakage).Verdict);
        Assert.Null(report.Line(Findings.Leakage).Mend);
    }

    [Fact]
    public void Images_in_one_heap_have_no_label()
    {
        _rig.Scan("a.png");
        _rig.Scan("b.png");

        var report = _rig.Audit();

        Assert.Null(Assert.Single(report.Counts.Labels).Label);
        Assert.Equal(Verdict.Unknown, report.Line(Findings.Conflicts).Verdict);
        Assert.Equal(Verdict.Warn, report.Line(Findings.Copies).Verdict);
    }

    [Fact]
    public void Where_some_folders_name_known_labels_the_others_are_none()
    {
        _rig.Scan("train/mri_healthy/a.png");
        _rig.Scan("test/unsorted/b.png", "mri-healthy-sagittal.png");

        var report = _rig.Audit();

        Assert.Equal((string?[])["mri_healthy", null], report.Counts.Labels.Select(label => label.Label));
        Assert.Equal(1, report.Counts.Labels[1].Test);
    }

    [Theory]
    [InlineData("it is empty")]
    [InlineData("it holds 1 files, none with an image's extension", "notes.txt")]
    public void A_folder_without_images_is_named_with_what_it_holds(string said, params string[] files)
    {
        Directory.CreateDirectory(_rig.Root);
        foreach (var file in files) _rig.Write(file, [65]);

        var error = Assert.Throws<GyrusException>(() => _rig.Audit());

        Assert.StartsWith($"{_rig.Root}: there is no image to audit; {said}.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_set_that_cannot_be_read_at_all_is_an_error_with_the_first_reason()
    {
        _rig.Write("a.png", [1, 2, 3]);

        var error = Assert.Throws<GyrusException>(() => _rig.Audit());

        Assert.Contains("none of its 1 images can be read", error.Message, StringComparison.Ordinal);
        Assert.Contains("a.png", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_zip_is_audited_with_paths_inside_it()
    {
        var scan = AuditRig.Png(80, 80, spread: 200);
        var zip = _rig.File("set.zip");
        ZipFiles.Write(zip, ("top/train/ct_tumor/a.png", scan), ("top/test/ct_tumor/b.png", scan));

        var report = _rig.Audit(zip);

        Assert.Equal(["top/test/ct_tumor/b.png"], report.Leakage);
        Assert.StartsWith(
            $"gyrus data import {_rig.File("unpacked")} ", report.Line(Findings.Leakage).Mend, StringComparison.Ordinal);
    }

    [Fact]
    public void A_CSV_file_may_name_any_labels_and_its_paths_stay_as_they_stand()
    {
        _rig.Scan("x/a.png");
        _rig.Scan("x/b.png");
        var csv = _rig.File("list.csv");
        File.WriteAllText(csv, "path,label,split\nset/x/../x/a.png,cat,train\nset/x/b.png,dog,val\nset/x/gone.png,,\n");

        var report = _rig.Audit(csv);

        Assert.Equal(["set/x/../x/a.png", "set/x/b.png"], Assert.Single(report.Conflicts).Images);
        Assert.Equal(["set/x/b.png"], report.Leakage);
        Assert.Equal(["set/x/gone.png"], report.Unreadable);
    }

    [Fact]
    public void A_manifest_is_audited_by_its_parts_as_they_are_now_and_is_what_is_split()
    {
        _rig.Scan("mri_healthy/a.png");
        _rig.Scan("mri_healthy/b.png");
        var manifest = _rig.File("dataset.csv");
        var imported = DatasetImport.Run(_rig.Root, manifest, "", null, CancellationToken.None).Manifest;
        (imported with
        {
            Rows = [imported.Rows[0] with { Split = Split.Train }, imported.Rows[1] with { Split = Split.Test }],
        }).Save(manifest);

        var report = _rig.Audit(manifest);

        Assert.Equal(["set/mri_healthy/b.png"], report.Leakage);
        Assert.Equal($"gyrus data split {manifest} --by group", report.Line(Findings.Leakage).Mend);
    }

    [Fact]
    public void The_JSON_holds_what_programs_rely_on()
    {
        _rig.Scan("train/mri_healthy/a.png");
        _rig.Scan("test/mri_tumor/b'ü.png");
        _rig.Write("test/mri_tumor/empty.png", []);

        using var json = JsonDocument.Parse(AuditFiles.ToJson(_rig.Audit()));

        var root = json.RootElement;
        Assert.Equal(1, root.GetProperty("formatVersion").GetInt32());
        var group = Assert.Single(root.GetProperty("groups").EnumerateArray());
        Assert.Equal(
            ["test/mri_tumor/b'ü.png", "train/mri_healthy/a.png"],
            group.GetProperty("images").EnumerateArray().Select(path => path.GetString()));
        Assert.True(group.GetProperty("exact").GetBoolean());
        Assert.Equal("test/mri_tumor/b'ü.png", Assert.Single(root.GetProperty("leakage").EnumerateArray()).GetString());
        Assert.Equal(2, Assert.Single(root.GetProperty("conflicts").EnumerateArray()).GetProperty("labels").GetArrayLength());
        Assert.Equal("test/mri_tumor/empty.png", Assert.Single(root.GetProperty("unreadable").EnumerateArray()).GetString());
        Assert.Equal(0, root.GetProperty("burnedInText").GetArrayLength());
        Assert.Equal("fail", root.GetProperty("scoreCard")[2].GetProperty("verdict").GetString());
        Assert.False(root.TryGetProperty("examined", out _));
    }
}
