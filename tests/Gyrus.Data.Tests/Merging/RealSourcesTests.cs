using Gyrus.Data.Annotating;
using Gyrus.Data.Copies;
using Gyrus.Data.Import;
using Gyrus.Data.Manifests;
using Gyrus.Data.Merging;
using Gyrus.Data.Selecting;
using Gyrus.Data.Sources;
using Gyrus.Data.Splits;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Data.Tests.Merging;

/// <summary>Haemorrhages of two collections, merged with the part of the published set that is known to hold copies of them as tumours.</summary>
public sealed class RealSourcesTests : IDisposable
{
    private readonly TempFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Merge_finds_the_haemorrhages_that_the_published_set_calls_tumours_and_none_once_they_are_left_out()
    {
        var sources = Part("data/sources/index.csv", line => Has(line, ",ct_haemorrhage,") || Has(line, ",hisub-t2,"), "sources");
        var published = Part("data/brain-ct-mri/origins.csv", line => Has(line, ",haemorrhage,"), "published");
        Assert.Equal((109, 196), (sources.Manifest.Rows.Count, published.Manifest.Rows.Count));

        var merged = Merge(sources, published);
        var known = Annotation.Join(published.Manifest, List("published"), ["origin", "finding"]).Manifest;
        var clean = Merge(sources, published with
        {
            Manifest = RowSelection.Without(known, [new(new Dictionary<string, string> { ["finding"] = "haemorrhage", ["label"] = "ct_tumor" })]),
        });

        var wrong = merged.Contradictions.SelectMany(contradiction => contradiction.Images).ToList();
        Assert.InRange(merged.Contradictions.Count(contradiction => contradiction.InWords == "headct ct_haemorrhage, published ct_tumor"), 40, 54);
        Assert.All(merged.Contradictions, contradiction => Assert.NotEmpty(contradiction.Pairs));
        Assert.All(wrong, image => Assert.Contains(merged.Manifest.Dropped, row => row.Path == image.Path));
        Assert.DoesNotContain(
            clean.Contradictions, contradiction => contradiction.Images.Any(image => image.Label == "ct_tumor"));
        Assert.Equal(0, clean.Manifest.Rows.Count(row => row.Label == "ct_tumor"));
        Assert.Contains(SourceTable.Of(clean.Manifest).Findings, finding => finding.Label == "ct_healthy" && finding.Source == "published");
    }

    [Fact]
    public void Figshare_s_numbers_give_patients_whose_slices_then_stay_together()
    {
        var published = Part("data/brain-ct-mri/origins.csv", line => Has(line, ",mri_pituitary,figshare,"), "published");
        var known = Annotation.Join(published.Manifest, List("published")).Manifest;
        var origin = new RowCondition(new Dictionary<string, string> { ["origin"] = "figshare" });

        var close = PatientNumbers.Assign(known, "origin_id", within: 5, origin);
        var far = PatientNumbers.Assign(known, "origin_id", within: 20, origin);
        var grouped = ScanGroups.Assign(close.Manifest, new CopyReport([], []), "patient");

        Assert.Equal((555, 555), (close.Images, far.Images));
        Assert.InRange(close.Patients, far.Patients + 1, 336);
        Assert.Equal(close.Patients, grouped.Rows.Select(row => row.Group).Distinct().Count());
    }

    /// <summary>Some lines of a list beside the repository, imported.</summary>
    private MergeInput Part(string list, Func<string, bool> chosen, string name)
    {
        var path = TestFiles.Shared(list);
        var there = Path.GetDirectoryName(path)!;
        string[] lines = File.ReadAllLines(path);
        // The path is the first column, without a comma in it.
        File.WriteAllLines(List(name), [lines[0], .. lines.Skip(1).Where(chosen).Select(line => Path.Combine(there, line))]);
        var result = DatasetImport.Run(
            List(name), folder.File(name + ".csv"), folder.File("images"), null, Cancel,
            name == "sources" ? new ImportLabels(["mri_healthy", "ct_haemorrhage"]) : null);
        return new MergeInput(folder.File(name + ".csv"), result.Manifest);
    }

    private static bool Has(string line, string values) => line.Contains(values, StringComparison.Ordinal);

    private string List(string name) => folder.File(name + "-list.csv");

    private MergeResult Merge(params MergeInput[] inputs) =>
        DatasetMerge.Run(inputs, folder.File("all.csv"), new MergeOptions(), folder.File("cache"), null, Cancel);
}
