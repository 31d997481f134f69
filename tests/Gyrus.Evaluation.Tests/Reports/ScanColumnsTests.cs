using Gyrus.Data.Manifests;
using Gyrus.Evaluation.Figures;
using Gyrus.Evaluation.Reports;
using Gyrus.Evaluation.Scans;
using Gyrus.Imaging.Labels;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Evaluation.Tests.Reports;

public class ScanColumnsTests
{
    private static readonly Manifest s_manifest = new("/data", [Row("a.PNG", "ct_healthy", "L", "axial"), Row("b/c.jpg", "mri_glioma", "RGB", "")])
    {
        MoreColumns = ["scanner", "plane"],
    };

    private static readonly ScoredScan[] s_scans = [Scan("b/c.jpg", "mri_glioma"), Scan("a.PNG", "ct_healthy")];

    [Theory]
    [InlineData("modality", "mri", "ct")]
    [InlineData("mode", "RGB", "L")]
    [InlineData("plane", "", "axial")]
    [InlineData("modality+plane", "mri+(none)", "ct+axial")]
    public void Values_are_those_of_each_scan(string column, params string[] expected) =>
        Assert.Equal(expected, ScanColumns.Values(s_manifest, column, s_scans));

    [Fact]
    public void Format_is_of_the_content_whatever_the_name_says()
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder.File("a.PNG"), [0xFF, 0xD8, 0xFF, 0xE0]);

        Assert.Equal(["", "jpeg"], ScanColumns.Values(s_manifest with { Folder = folder.Path }, "format", s_scans));
    }

    [Fact]
    public void Unknown_column_is_refused_with_those_that_there_are()
    {
        var error = Assert.Throws<GyrusException>(() => ScanColumns.Require(s_manifest, ["plane", "site"]));

        Assert.Equal(error.Message, Assert.Throws<GyrusException>(() => ScanColumns.Require(s_manifest, ["plane+site"])).Message);
        Assert.Equal(
            "The manifest has no column 'site'. Name one of modality, mode, format, scanner, plane.", error.Message);
    }

    [Fact]
    public void Figures_are_in_the_order_asked_for_each_column_once()
    {
        var options = new EvaluationOptions { Bootstrap = new(10) };

        Assert.Null(ScanColumns.Figures(s_manifest, [], s_scans, options));
        Assert.Equal(
            ["plane", "mode"],
            ScanColumns.Figures(s_manifest, ["plane", "mode", "plane"], s_scans, options)!.Select(column => column.Column));
    }

    private static ManifestRow Row(string path, string label, string mode, string plane) =>
        new(path, new string('0', 64), label, Split.Test, 8, 8, mode, Split.None) { More = new ManifestValues(["s", plane]) };

    private static ScoredScan Scan(string path, string label)
    {
        var probabilities = new float[PublishedLabels.Set.Count];
        probabilities[PublishedLabels.Set.IndexOf(label)] = 1;
        return new ScoredScan(path, new string('0', 64), PublishedLabels.Set.IndexOf(label), probabilities) { Labels = PublishedLabels.Set };
    }
}
