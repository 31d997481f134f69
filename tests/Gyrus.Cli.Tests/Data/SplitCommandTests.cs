using System.Text.Json;
using Gyrus.Cli.Terminal;
using Gyrus.Data.Manifests;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using NetVips;
using Xunit;

namespace Gyrus.Cli.Tests.Data;

/// <summary><c>gyrus data split</c> and <c>gyrus data check</c> on a set with turned and mirrored copies.</summary>
public sealed class SplitCommandTests : IDisposable
{
    private static readonly string[] Scans =
        ["mri-healthy-coronal", "mri-healthy-sagittal", "mri-healthy-axial-upper", "synthetic-mri-lesion-axial"];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Split_keeps_turned_copies_on_one_side_unless_told_otherwise_and_check_agrees()
    {
        await Import();

        var split = await Run("split", "dataset.csv", "--val", "0.2", "--test", "0.3");
        var check = await Run("check", "dataset.csv");

        Assert.Equal((ExitCode.Success, ""), (split.ExitCode, split.Error));
        Assert.Equal(["train", "val", "test", "all"], split.Lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal((ExitCode.Success, ""), (check.ExitCode, check.Error));
        Assert.Contains("no copy on both sides, among 36 images", check.Output, StringComparison.Ordinal);
        var manifest = Manifest.Load(_folder.File("dataset.csv"));
        Assert.Equal("group, seed 1, val 0.2, test 0.3", manifest.SplitBy);
        Assert.All(Copies(manifest), copies =>
        {
            Assert.Single(copies.Select(row => row.Group).Distinct());
            Assert.Single(copies.Select(row => row.Split).Distinct());
        });
    }

    [Fact]
    public async Task Published_warns_of_the_copies_on_both_sides_and_check_fails_on_them()
    {
        await Import();

        var split = await Run("split", "dataset.csv", "--published");
        var check = await Run("check", "dataset.csv", "--format", "json");
        var text = await Run("check", "dataset.csv");

        Assert.Equal(ExitCode.Success, split.ExitCode);
        Assert.StartsWith(
            "leakage: 8 of the 12 images in the validation and test parts (67 %) have a copy in the training part",
            split.Error, StringComparison.Ordinal);
        Assert.Contains("; 4 of the test part have a copy in the validation part.", split.Error, StringComparison.Ordinal);
        Assert.Equal((ExitCode.CheckFailed, ExitCode.CheckFailed), (check.ExitCode, text.ExitCode));
        var found = Json(check);
        Assert.Equal(
            Scans.SelectMany(scan => (string[])[$"set/test/mri_healthy/{scan}-turned.png", $"set/val/mri_healthy/{scan}-mirrored.png"])
                .Order(StringComparer.Ordinal),
            Strings(found, "leakage"));
        Assert.Equal(Scans.Select(scan => $"set/test/mri_healthy/{scan}-turned.png").Order(StringComparer.Ordinal), Strings(found, "testInVal"));
        Assert.Empty(Strings(found, "acrossFolds"));
        Assert.Equal(("published", 36), (found.GetProperty("splitBy").GetString(), found.GetProperty("images").GetInt32()));
        Assert.Equal(
            ["mri_healthy val 4 4", "mri_healthy test 4 4", "mri_glioma test 4 0"],
            found.GetProperty("leakageByLabel").EnumerateArray().Select(count => string.Join(
                ' ', ((string[])["label", "part", "images", "leaked"]).Select(field => count.GetProperty(field).ToString())))
                .OrderByDescending(line => line.Contains("healthy", StringComparison.Ordinal))
                .ThenByDescending(line => line, StringComparer.Ordinal));
        Assert.Contains("(split by published): leakage: 8 of the 12", text.Output, StringComparison.Ordinal);
        Assert.Contains("4 of 4", text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Random_warns_of_the_copies_on_both_sides_and_check_finds_as_many()
    {
        await Import();

        var split = await Run("split", "dataset.csv", "--random", "--val", "0.2", "--test", "0.3", "--format", "json");
        var check = Json(await Run("check", "dataset.csv", "--format", "json"));

        Assert.Equal(ExitCode.Success, split.ExitCode);
        Assert.StartsWith("leakage: ", split.Error, StringComparison.Ordinal);
        Assert.NotEmpty(Strings(Json(split), "leakage"));
        Assert.Equal(Strings(Json(split), "leakage"), Strings(check, "leakage"));
        Assert.Equal("random, seed 1, val 0.2, test 0.3", check.GetProperty("splitBy").GetString());
    }

    [Fact]
    public async Task Folds_are_tabled_and_hold_no_copies_of_one_another_unless_random()
    {
        await Import();

        var grouped = await Run("split", "dataset.csv", "--folds", "3", "--out", "folds.csv");
        var json = await Run("split", "dataset.csv", "--folds", "3", "--format", "json", "--out", "folds.csv");
        var random = await Run("split", "dataset.csv", "--folds", "3", "--random", "--format", "json", "--out", "random.csv");
        var fine = await Run("check", "folds.csv");
        var leaking = await Run("check", "random.csv", "--format", "json");

        Assert.Equal((ExitCode.Success, ""), (grouped.ExitCode, grouped.Error));
        Assert.Equal("                 fold 0  fold 1  fold 2     all", grouped.Lines[0]);
        Assert.Equal("36", grouped.Lines[^1].Split(' ')[^1]);
        var counts = Json(json).GetProperty("counts").GetProperty("mri_glioma");
        Assert.Equal(24, Enumerable.Range(0, 3).Sum(fold => counts.GetProperty($"fold-{fold}").GetInt32()));
        Assert.Equal(0, counts.GetProperty("unplaced").GetInt32());
        Assert.Equal(ExitCode.Success, fine.ExitCode);
        Assert.All(
            Copies(Manifest.Load(_folder.File("folds.csv"))), copies => Assert.Single(copies.Select(row => row.Fold).Distinct()));
        Assert.Contains("images have a copy in another fold", random.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.CheckFailed, leaking.ExitCode);
        Assert.NotEmpty(Strings(Json(leaking), "acrossFolds"));
        Assert.Equal(Strings(Json(leaking), "acrossFolds"), Strings(Json(random), "acrossFolds"));
    }

    [Fact]
    public async Task Labels_resolved_lists_every_change_and_as_published_takes_them_back()
    {
        Scan("mri_tumor/a.png", Scans[0]);
        Scan("mri_glioma/b.png", Scans[0], turned: true);
        Scan("mri_healthy/c.png", Scans[1]);
        Scan("mri_tumor/d.png", Scans[1], turned: true);
        for (int i = 0; i < 6; i++) Noise($"mri_healthy/{i}.png", i);
        await Run("import", "set", "--out", "dataset.csv");
        var before = Manifest.Load(_folder.File("dataset.csv")).DataHash();

        var resolved = Json(await Run("split", "dataset.csv", "--labels", "resolved", "--format", "json"));
        var text = await Run("split", "dataset.csv", "--labels", "resolved");
        var check = await Run("check", "dataset.csv");
        var kept = Manifest.Load(_folder.File("dataset.csv"));
        await Run("split", "dataset.csv");

        var change = Assert.Single(resolved.GetProperty("relabelled").EnumerateArray());
        Assert.Equal(
            ("set/mri_tumor/a.png", "mri_tumor", "mri_glioma", "its copy set/mri_glioma/b.png is labelled mri_glioma"),
            (Text(change, "path"), Text(change, "from"), Text(change, "to"), Text(change, "why")));
        Assert.Equal(
            ["set/mri_healthy/c.png", "set/mri_tumor/d.png"],
            resolved.GetProperty("dropped").EnumerateArray().Select(row => Text(row, "path")).Order(StringComparer.Ordinal));
        Assert.EndsWith("labels resolved", Text(resolved, "splitBy"), StringComparison.Ordinal);
        Assert.Contains("1 images got the type that their copies carry, 2 that contradict", text.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, check.ExitCode);
        Assert.Equal((8, 2), (kept.Rows.Count, kept.Dropped.Count));
        Assert.NotEqual(before, kept.DataHash());
        Assert.Equal(before, Manifest.Load(_folder.File("dataset.csv")).DataHash());
    }

    [Fact]
    public async Task By_a_column_keeps_its_values_and_their_copies_together()
    {
        var lines = new List<string> { "path,label,patient" };
        for (int i = 0; i < 30; i++)
        {
            Noise($"{i}.png", i);
            lines.Add($"set/{i}.png,mri_glioma,{i / 3}");
        }
        File.WriteAllLines(_folder.File("list.csv"), lines);
        await Run("import", "list.csv", "--out", "dataset.csv");

        var split = await Run("split", "dataset.csv", "--by", "patient");
        var wrong = await Run("split", "dataset.csv", "--by", "study");

        Assert.Equal(ExitCode.Success, split.ExitCode);
        var manifest = Manifest.Load(_folder.File("dataset.csv"));
        Assert.StartsWith("patient, seed 1", manifest.SplitBy, StringComparison.Ordinal);
        Assert.All(
            manifest.Rows.GroupBy(row => row.More.Values[0]), patient => Assert.Single(patient.Select(row => row.Split).Distinct()));
        Assert.Equal(3, manifest.Rows.Select(row => row.Split).Distinct().Count());
        Assert.Equal(ExitCode.UserError, wrong.ExitCode);
        Assert.Contains("no column 'study' to split by; it has patient", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task By_a_column_tells_of_images_without_a_value_in_it()
    {
        var lines = new List<string> { "path,label,patient" };
        for (int i = 0; i < 12; i++)
        {
            Noise($"{i}.png", i);
            lines.Add($"set/{i}.png,mri_glioma,{(i == 4 ? "" : i == 5 ? "  " : $"p{i}")}");
        }
        File.WriteAllLines(_folder.File("list.csv"), lines);
        await Run("import", "list.csv", "--out", "dataset.csv");

        var text = await Run("split", "dataset.csv", "--by", "patient");
        var json = await Run("split", "dataset.csv", "--by", "patient", "--format", "json");

        Assert.Contains("Warning: 2 of 12 images have no value in the column patient", text.Error, StringComparison.Ordinal);
        Assert.Contains("The first: set/4.png", text.Error, StringComparison.Ordinal);
        Assert.Equal(["set/4.png", "set/5.png"], Strings(Json(json), "withoutValue"));
        Assert.Equal(12, Manifest.Load(_folder.File("dataset.csv")).Rows.Select(row => row.Group).Distinct().Count());
    }

    [Fact]
    public async Task Published_with_a_share_takes_a_validation_part_out_of_training_and_keeps_test()
    {
        foreach (var scan in Scans)
        {
            Scan($"train/mri_healthy/{scan}.png", scan);
            Scan($"train/mri_healthy/{scan}-turned.png", scan, turned: true);
        }
        for (int i = 0; i < 16; i++) Noise($"{(i < 12 ? "train" : "test")}/mri_glioma/{i}.png", i);
        await Run("import", "set", "--out", "dataset.csv");

        var without = await Run("split", "dataset.csv", "--published");
        var carved = await Run("split", "dataset.csv", "--published", "--val", "0.25");
        var check = await Run("check", "dataset.csv");

        Assert.Contains("no validation part", without.Error, StringComparison.Ordinal);
        Assert.Contains("--val", without.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, carved.ExitCode);
        Assert.Equal(ExitCode.Success, check.ExitCode);
        var manifest = Manifest.Load(_folder.File("dataset.csv"));
        Assert.Equal("published, val 0.25 of train by group, seed 1", manifest.SplitBy);
        Assert.All(manifest.Rows, row => Assert.Equal(row.Path.Contains("/test/", StringComparison.Ordinal), row.Split == Split.Test));
        Assert.Equal(3, manifest.Rows.Count(row => row.Split == Split.Val && row.Label == "mri_glioma"));
        Assert.Equal(2, manifest.Rows.Count(row => row.Split == Split.Val && row.Label == "mri_healthy"));
    }

    [Theory]
    [InlineData("came with a validation part", "--published", "--val", "0.1")]
    [InlineData("no column 'study'", "--by", "study")]
    [InlineData("2 folds: give 3 or more", "--folds", "2")]
    [InlineData("and below 1 together", "--val", "0.6", "--test", "0.4")]
    public async Task Split_that_cannot_be_made_is_refused_before_any_image_is_looked_at(string why, params string[] options)
    {
        await Import();

        var outcome = await Run(["split", "dataset.csv", .. options]);

        Assert.Equal(ExitCode.UserError, outcome.ExitCode);
        Assert.Contains(why, outcome.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("cache")));
    }

    [Theory]
    [InlineData("--published keeps the given parts", "--published", "--by", "group")]
    [InlineData("--published keeps the given parts", "--published", "--random")]
    [InlineData("--published keeps the given parts", "--published", "--folds", "5")]
    [InlineData("--published keeps the given parts", "--published", "--val", "0.1", "--test", "0.1")]
    [InlineData("--random keeps no group together", "--random", "--by", "patient")]
    [InlineData("--folds tests on each fold in turn", "--folds", "5", "--test", "0.1")]
    [InlineData("--labels is 'mended': it must be as-published or resolved.", "--labels", "mended")]
    public async Task Split_refuses_options_that_contradict_one_another(string why, params string[] options)
    {
        var outcome = await Run(["split", "dataset.csv", .. options]);

        Assert.Equal((ExitCode.UserError, ""), (outcome.ExitCode, outcome.Output));
        Assert.Contains(why, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_of_a_manifest_that_is_not_split_says_so()
    {
        Noise("mri_glioma/a.png", 1);
        await Run("import", "set", "--out", "dataset.csv");

        var outcome = await Run("check", "dataset.csv");

        Assert.Equal((ExitCode.UserError, ""), (outcome.ExitCode, outcome.Output));
        Assert.Contains("neither parts nor folds", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("gyrus data split dataset.csv", outcome.Error, StringComparison.Ordinal);
    }

    /// <summary>Scans in train, each turned in test and mirrored in val, among pictures without copies.</summary>
    private async Task Import()
    {
        foreach (var scan in Scans)
        {
            Scan($"train/mri_healthy/{scan}.png", scan);
            Scan($"test/mri_healthy/{scan}-turned.png", scan, turned: true);
            Scan($"val/mri_healthy/{scan}-mirrored.png", scan, mirrored: true);
        }
        for (int i = 0; i < 24; i++) Noise($"{(i < 20 ? "train" : "test")}/mri_glioma/{i}.png", i);
        Assert.Equal(ExitCode.Success, (await Run("import", "set", "--out", "dataset.csv")).ExitCode);
    }

    private static IEnumerable<IEnumerable<ManifestRow>> Copies(Manifest manifest) => Scans.Select(scan =>
    {
        var copies = manifest.Rows.Where(row => row.Path.Contains(scan, StringComparison.Ordinal)).ToList();
        Assert.Equal(3, copies.Count);
        return copies;
    });

    private void Scan(string path, string sample, bool turned = false, bool mirrored = false)
    {
        using var scan = Image.NewFromFile(Path.Combine(TestFiles.Root, "samples", sample + ".png"));
        using var changed = turned ? scan.Rot90() : mirrored ? scan.FlipHor() : scan.Copy();
        changed.WriteToFile(Place(path));
    }

    private void Noise(string path, int seed) => TestImage.WriteNoise(Place(path), 90, 80, seed);

    private string Place(string path)
    {
        var full = _folder.File("set/" + path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        return full;
    }

    private Task<Outcome> Run(params string[] arguments)
    {
        string[] cache = arguments[0] == "import" ? [] : ["--cache", _folder.File("cache")];
        return GyrusProcess.Run(["data", .. arguments, .. cache], TestContext.Current.CancellationToken, _folder.Path);
    }

    private static JsonElement Json(Outcome outcome) => JsonDocument.Parse(outcome.Output).RootElement;

    private static string? Text(JsonElement element, string field) => element.GetProperty(field).GetString();

    private static IEnumerable<string?> Strings(JsonElement element, string field) =>
        element.GetProperty(field).EnumerateArray().Select(item => item.GetString());
}
