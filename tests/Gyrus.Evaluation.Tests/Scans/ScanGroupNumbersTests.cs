using Gyrus.Data.Manifests;
using Gyrus.Evaluation.Figures;
using Gyrus.Evaluation.Reports;
using Gyrus.Evaluation.Scans;
using Xunit;

namespace Gyrus.Evaluation.Tests.Scans;

public sealed class ScanGroupNumbersTests
{
    [Fact]
    public void Intervals_by_group_do_not_narrow_when_every_image_is_there_four_times()
    {
        var once = MadeUpScans.Many(60, seed: 5);
        var copies = once.SelectMany(scan => Enumerable.Range(0, 4).Select(n => scan with { Path = $"{n}-{scan.Path}" })).ToList();
        var manifest = new Manifest("/data", [.. copies.Select(scan => new ManifestRow(
            scan.Path, scan.Sha256, "mri_glioma", Split.None, 9, 9, "L", Split.None) { Group = scan.Sha256 })]);

        double Width(IReadOnlyList<ScoredScan> scans, IReadOnlyList<int>? groups)
        {
            var accuracy = Evaluator.Run(scans, new HashSet<string>(), new EvaluationOptions { Groups = groups }).Overall[OverallFigures.Accuracy];
            return accuracy.High!.Value - accuracy.Low!.Value;
        }

        double alone = Width(once, null);
        double byImage = Width(copies, null);
        double byGroup = Width(copies, ScanGroupNumbers.Of(manifest, copies));
        Assert.InRange(byImage / alone, 0.35, 0.65);
        Assert.InRange(byGroup / alone, 0.85, 1.15);
    }

    [Fact]
    public void Group_numbers_follow_the_manifest_and_are_none_where_it_has_no_groups()
    {
        var scans = MadeUpScans.Many(3, seed: 5);
        ManifestRow[] rows = [.. scans.Select((scan, i) => new ManifestRow(
            scan.Path, scan.Sha256, "mri_glioma", Split.None, 9, 9, "L", Split.None) { Group = i == 1 ? "b" : "a" })];

        Assert.Equal([0, 1, 0], ScanGroupNumbers.Of(new Manifest("/data", rows), scans));
        Assert.Equal([0, 1], ScanGroupNumbers.Of(new Manifest("/data", rows), [scans[1], scans[0]]));
        Assert.Null(ScanGroupNumbers.Of(new Manifest("/data", [rows[0] with { Group = "" }, .. rows[1..]]), scans));
    }

    [Fact]
    public void Scans_of_one_patient_belong_together_within_their_source_and_with_the_copies_of_them()
    {
        var scans = MadeUpScans.Many(7, seed: 5);
        (string Source, string Patient, string Group)[] rows =
        [
            ("lgg", "1", ""), ("lgg", "1", "a"), ("fets", "1", ""), ("fets", "2", "a"), ("abide", "", ""), ("abide", "", ""), ("abide", "", "b"),
        ];
        var manifest = new Manifest("/data", [.. scans.Select((scan, i) => new ManifestRow(
            scan.Path, scan.Sha256, "mri_glioma", Split.None, 9, 9, "L", Split.None)
        {
            Group = rows[i].Group,
            More = new ManifestValues([rows[i].Source, rows[i].Patient]),
        })])
        {
            MoreColumns = ["source", "patient"],
        };

        Assert.Equal([0, 0, 1, 0, 2, 3, 4], ScanGroupNumbers.Of(manifest, scans));
        Assert.Null(ScanGroupNumbers.Of(manifest with { MoreColumns = ["source", "scanner"] }, scans));
    }
}
