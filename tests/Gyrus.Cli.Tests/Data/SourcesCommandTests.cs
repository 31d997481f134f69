using System.Text.Json;
using Gyrus.Cli.Terminal;
using Gyrus.Data.Manifests;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using NetVips;
using Xunit;

namespace Gyrus.Cli.Tests.Data;

/// <summary><c>gyrus data annotate</c>, <c>select</c>, <c>merge</c> and splits by sources, on two sources that call copies of one scan healthy and
/// a tumour.</summary>
public sealed class SourcesCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Merge_tells_the_copies_that_contradict_each_other_drops_them_and_every_split_leaves_them_out()
    {
        await Import();

        var merged = await Run("merge", "a.csv", "b.csv", "--out", "all.csv");
        var json = Json(await Run("merge", "b.csv", "a.csv", "--source", "b=clinic", "--out", "other.csv", "--format", "json"));
        await Run("split", "all.csv");
        var manifest = Manifest.Load(_folder.File("all.csv"));

        Assert.Equal((ExitCode.Success, ""), (merged.ExitCode, merged.Error));
        Assert.Contains("copies across sources: 0 groups that agree, 1 that contradict each other", merged.Output, StringComparison.Ordinal);
        Assert.Contains("a mri_healthy, b mri_glioma: 1 groups of 2 images", merged.Output, StringComparison.Ordinal);
        Assert.Contains("all.csv: 22 images, 2 left out", merged.Output, StringComparison.Ordinal);
        Assert.Equal(["a/head.png", "b/head.png"], manifest.Dropped.Select(row => row.Path).Order(StringComparer.Ordinal));
        Assert.All(manifest.Dropped, row => Assert.True(row.LeftOut));
        Assert.Equal(22, manifest.Rows.Count);
        Assert.All(manifest.Rows, row => Assert.Equal(row.Path[..1], manifest.Value(row, KnownColumns.Source)));
        var contradiction = Assert.Single(json.GetProperty("contradictions").EnumerateArray());
        Assert.Equal("clinic", contradiction.GetProperty("images")[1].GetProperty("source").GetString());
        Assert.Equal("fail", json.GetProperty("sources").GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task Select_before_a_merge_leaves_out_the_side_that_is_wrong()
    {
        await Import();
        File.WriteAllText(_folder.File("known.csv"), "path,finding\nb/head.png,none\n");

        var annotated = await Run("annotate", "b.csv", "known.csv", "--out", "b.csv");
        var selected = await Run("select", "b.csv", "--without", "finding=none,label=mri_glioma", "--out", "b.csv");
        var merged = await Run("merge", "a.csv", "b.csv", "--out", "all.csv");

        Assert.Equal(ExitCode.Success, annotated.ExitCode);
        Assert.Contains("finding joined to 1 of 12 images", annotated.Output, StringComparison.Ordinal);
        Assert.Contains("11 images have no line in the file", annotated.Error, StringComparison.Ordinal);
        Assert.Contains("b.csv: 11 images, 1 left out", selected.Output, StringComparison.Ordinal);
        Assert.Contains("1 images of mri_glioma left out: finding is none, label is mri_glioma", selected.Output, StringComparison.Ordinal);
        Assert.Contains("0 that contradict each other", merged.Output, StringComparison.Ordinal);
        Assert.Equal("b/head.png", Assert.Single(Manifest.Load(_folder.File("all.csv")).Dropped).Path);
    }

    [Fact]
    public async Task Split_holds_a_source_out_or_makes_each_a_fold_and_says_what_can_be_learnt_as_the_source()
    {
        await Import();
        await Run("merge", "a.csv", "b.csv", "--contradictions", "keep", "--out", "all.csv");
        string[] lines = File.ReadAllLines(_folder.File("all.csv"));
        int source = lines[0].Split(',').ToList().IndexOf("source");
        File.WriteAllLines(_folder.File("four.csv"), lines.Select((line, i) =>
        {
            var fields = line.Split(',');
            if (i > 0 && !line.Contains("head", StringComparison.Ordinal)) fields[source] += i % 2;
            return string.Join(',', fields);
        }));

        var heldOut = await Run("split", "all.csv", "--hold-out", "source=b", "--val", "0.3", "--out", "out.csv");
        var folds = await Run("split", "four.csv", "--folds", "source", "--together", "a0+b0", "--out", "folds.csv");
        var json = Json(await Run("split", "four.csv", "--folds", "source", "--out", "folds.csv", "--format", "json"));

        Assert.Equal(ExitCode.Success, heldOut.ExitCode);
        Assert.Contains("1 images are in the test part since they are in a group with what is held out: 1 of a. The first: a/head.png", heldOut.Error, StringComparison.Ordinal);
        Assert.Contains("sources: fail", heldOut.Output, StringComparison.Ordinal);
        Assert.Contains("b has mri_glioma alone", heldOut.Output, StringComparison.Ordinal);
        var manifest = Manifest.Load(_folder.File("out.csv"));
        Assert.Equal("group, held out where source is b, seed 1, val 0.3", manifest.SplitBy);
        Assert.All(manifest.Rows, row => Assert.Equal(row.Path.StartsWith('b') || row.Path == "a/head.png", row.Split == Split.Test));
        Assert.Contains("fold 0: a, b", folds.Output, StringComparison.Ordinal);
        Assert.Contains("fold 1: a0, b0", folds.Output, StringComparison.Ordinal);
        Assert.Equal(["a b", "a0", "a1", "b0", "b1"], json.GetProperty("foldSources").EnumerateArray()
            .Select(fold => string.Join(' ', fold.EnumerateArray().Select(name => name.GetString()))));
    }

    [Fact]
    public async Task Annotate_takes_patients_from_numbers_by_which_a_split_then_keeps_together()
    {
        Noise("x", 6);
        File.WriteAllLines(
            _folder.File("list.csv"),
            ((string[])["path,label,number"]).Concat(Enumerable.Range(0, 6).Select(i => $"x/{i}.png,mri_glioma,{(i < 3 ? i : 100 * i)}")));
        await Run("import", "list.csv", "--out", "x.csv");

        var annotated = await Run("annotate", "x.csv", "--patients-by", "number", "--within", "5", "--out", "x.csv");
        var split = Json(await Run("split", "x.csv", "--by", "patient,group", "--format", "json"));

        Assert.Contains("x.csv: 6 images were given 4 patients", annotated.Output, StringComparison.Ordinal);
        Assert.Equal(4, split.GetProperty("groups").GetInt32());
        Assert.StartsWith("patient, seed 1", split.GetProperty("splitBy").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_tells_a_mask_that_is_not_there()
    {
        Noise("x", 1);
        File.WriteAllText(_folder.File("list.csv"), "path,label,mask\nx/0.png,mri_glioma,gone.png\n");

        var outcome = await Run("import", "list.csv", "--out", "x.csv");

        Assert.Equal(ExitCode.SomeUnreadable, outcome.ExitCode);
        Assert.Contains($"no such mask, left empty: {_folder.File("gone.png")}", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("give two or more", "merge", "a.csv", "--out", "all.csv")]
    [InlineData("--contradictions is 'ask': it must be drop or keep.", "merge", "a.csv", "b.csv", "--contradictions", "ask", "--out", "all.csv")]
    [InlineData("Give a CSV file with columns to join, or --patients-by", "annotate", "a.csv", "--out", "b.csv")]
    [InlineData("--within and --where are for --patients-by", "annotate", "a.csv", "b.csv", "--within", "3", "--out", "c.csv")]
    [InlineData("--without 'finding': give pairs of names", "select", "a.csv", "--without", "finding", "--out", "b.csv")]
    [InlineData("--folds is 'sources': it must be a whole number, 3 or more, or source.", "split", "a.csv", "--folds", "sources")]
    [InlineData("--hold-out says what is tested on", "split", "a.csv", "--hold-out", "source=a", "--test", "0.1")]
    [InlineData("--together is for --folds source", "split", "a.csv", "--together", "a+b")]
    [InlineData("--folds source draws nothing", "split", "a.csv", "--folds", "source", "--seed", "2")]
    [InlineData("no column 'source' to make folds of", "split", "a.csv", "--folds", "source")]
    public async Task Commands_refuse_what_cannot_be_meant(string why, params string[] arguments)
    {
        Noise("a", 2);
        File.WriteAllText(_folder.File("list.csv"), "path,label\na/0.png,mri_glioma\na/1.png,mri_glioma\n");
        await Run("import", "list.csv", "--out", "a.csv");

        var outcome = await Run(arguments);

        Assert.Equal((ExitCode.UserError, ""), (outcome.ExitCode, outcome.Output));
        Assert.Contains(why, outcome.Error, StringComparison.Ordinal);
    }

    /// <summary>Twelve images each of two sources, the one healthy and the other with tumours, that share a head.</summary>
    private async Task Import()
    {
        foreach (var (set, label) in ((string, string)[])[("a", "mri_healthy"), ("b", "mri_glioma")])
        {
            Noise(set, 11);
            using var scan = Image.NewFromFile(Path.Combine(TestFiles.Root, "samples", "mri-healthy-coronal.png"));
            using var changed = set == "a" ? scan.Copy() : scan.FlipHor();
            changed.WriteToFile(_folder.File($"{set}/head.png"));
            File.WriteAllLines(
                _folder.File($"{set}-list.csv"),
                ((string[])["path,label"]).Concat(Enumerable.Range(0, 11).Select(i => $"{set}/{i}.png,{label}")).Append($"{set}/head.png,{label}"));
            Assert.Equal(ExitCode.Success, (await Run("import", $"{set}-list.csv", "--out", $"{set}.csv")).ExitCode);
        }
    }

    private void Noise(string set, int images)
    {
        Directory.CreateDirectory(_folder.File(set));
        for (int i = 0; i < images; i++) TestImage.WriteNoise(_folder.File($"{set}/{i}.png"), 90, 80, (set[0] * 100) + i);
    }

    private Task<Outcome> Run(params string[] arguments)
    {
        string[] cache = arguments[0] is "merge" or "split" ? ["--cache", _folder.File("cache")] : [];
        return GyrusProcess.Run(["data", .. arguments, .. cache], TestContext.Current.CancellationToken, _folder.Path);
    }

    private static JsonElement Json(Outcome outcome) => JsonDocument.Parse(outcome.Output).RootElement;
}
