using System.Text.Json;
using Gyrus.Data.Audit;
using Gyrus.Data.AuditPages;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Data.Tests.Audit;

public sealed class AgainstTests : IDisposable
{
    private readonly AuditRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void Copies_whose_labels_contradict_are_told_with_the_pair_though_both_sets_use_one_path()
    {
        _rig.Scan("ct_tumor/a.png");
        _rig.Scan("ct_healthy/b.png", "mri-healthy-sagittal.png");
        Other("ct_haemorrhage/a.png", "mri-healthy-coronal.png");

        var report = _rig.Audit(against: _rig.File("other"));

        var pair = Assert.Single(report.Against!.Contradictions);
        Assert.Equal(new Contradiction("ct_tumor/a.png", "ct_tumor", "ct_haemorrhage/a.png", "ct_haemorrhage", 1, "the same bytes"), pair);
        Assert.Equal(["ct_tumor/a.png"], report.Against.Copies);
        Assert.Equal([new LabelsMet("ct_tumor", "ct_haemorrhage", 1, Contradict: true)], report.Against.Labels);
        Assert.Equal(Verdict.Fail, report.Line(Findings.Against).Verdict);
        Assert.Contains("most often ct_tumor here and ct_haemorrhage there (1)", report.Line(Findings.Against).Sentence, StringComparison.Ordinal);
        Assert.Empty(report.Groups);
        var page = AuditPage.Render(report);
        Assert.Contains("Left the image here, right its copy in the other set", page, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(AuditFiles.ToJson(report));
        Assert.Equal("ct_haemorrhage", json.RootElement.GetProperty("against").GetProperty("contradictions")[0].GetProperty("otherLabel").GetString());
    }

    [Fact]
    public void Copies_whose_labels_agree_are_worth_a_look_and_none_pass()
    {
        _rig.Scan("mri_healthy/a.png");
        Other("no_tumor/x.png", "mri-healthy-coronal.png");

        var line = _rig.Audit(against: _rig.File("other")).Line(Findings.Against);

        Assert.Equal(Verdict.Warn, line.Verdict);
        Assert.Contains("no label contradicts another", line.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_copies_it_passes_and_without_another_set_nothing_is_said()
    {
        _rig.Scan("mri_healthy/a.png");
        Other("mri_glioma/x.png", "mri-healthy-sagittal.png");

        Assert.Equal(Verdict.Pass, _rig.Audit(against: _rig.File("other")).Line(Findings.Against).Verdict);
        Assert.Equal(Verdict.Unknown, _rig.Audit().Line(Findings.Against).Verdict);
    }

    private void Other(string path, string sample)
    {
        var full = Path.Combine(_rig.File("other"), path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.Copy(Path.Combine(TestFiles.Root, "samples", sample), full);
    }
}
