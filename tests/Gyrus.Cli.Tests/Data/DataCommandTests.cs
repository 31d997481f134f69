using System.Text.Json;
using Gyrus.Cli.Terminal;
using Gyrus.Data.Manifests;
using Gyrus.Testing;
using NetVips;
using Xunit;

namespace Gyrus.Cli.Tests.Data;

public sealed class DataCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Import_prints_a_table_of_labels_and_parts_and_writes_the_manifest()
    {
        WriteScans("train", 2);
        WriteScans("test", 1);

        var outcome = await Run("import", "set", "--out", "dataset.csv");

        Assert.Equal((ExitCode.Success, ""), (outcome.ExitCode, outcome.Error));
        Assert.Equal(["train", "test", "all"], outcome.Lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal("ct_tumor              2       1       3", outcome.Lines[2]);
        Assert.Equal("dataset.csv: 6 images, 0 left out, 0 other files ignored", outcome.Lines[^1]);
        Assert.DoesNotContain('\e', outcome.Output);
        Assert.Equal(6, Manifest.Load(_folder.File("dataset.csv")).Rows.Count);
    }

    [Fact]
    public async Task Import_as_json_lists_what_was_left_out_and_exits_with_3()
    {
        WriteScans("train", 1);
        File.WriteAllText(_folder.File("set/train/ct_tumor/broken.png"), "not an image");

        var outcome = await Run("import", "set", "--out", "dataset.csv", "--format", "json");

        Assert.Equal(ExitCode.SomeUnreadable, outcome.ExitCode);
        Assert.Contains("broken.png", outcome.Error, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(outcome.Output);
        Assert.Equal(2, json.RootElement.GetProperty("images").GetInt32());
        Assert.Equal(1, json.RootElement.GetProperty("counts").GetProperty("ct_tumor").GetProperty("train").GetInt32());
        Assert.EndsWith(
            "broken.png", json.RootElement.GetProperty("unreadable")[0].GetProperty("path").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_of_volumes_writes_their_slices_beside_the_manifest()
    {
        foreach (var (label, study) in ((string, string)[])[("tumor", "1.2"), ("healthy", "1.3")])
            File.WriteAllBytes(Path.Combine(_folder.Folder($"set/{label}"), "IM"), new WrittenSlice(study, study + ".1").Grey(1, 0, (frame, x, y) => (short)(frame + x + y), frames: 2));

        var outcome = await Run("import", "set", "--out", "dataset.csv", "--modality", "mri", "--every", "5");

        Assert.Equal((ExitCode.Success, ""), (outcome.ExitCode, outcome.Error));
        Assert.All(Manifest.Load(_folder.File("dataset.csv")).Rows, row => Assert.StartsWith("dataset-images/slices/IM-", row.Path, StringComparison.Ordinal));
        Assert.Equal(ExitCode.UserError, (await Run("import", "set", "--out", "dataset.csv", "--every", "0")).ExitCode);
    }

    [Fact]
    public async Task Import_of_many_bad_files_shows_some_and_counts_the_rest()
    {
        WriteScans("train", 1);
        for (int i = 0; i < 25; i++) File.WriteAllText(_folder.File($"set/train/ct_tumor/broken{i}.png"), "not an image");

        var outcome = await Run("import", "set", "--out", "dataset.csv");

        var said = outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(21, said.Length);
        Assert.Equal("left out: 5 more; --format json lists all.", said[^1]);
    }

    [Fact]
    public async Task Import_that_cannot_be_saved_is_a_user_error_and_no_crash()
    {
        WriteScans("train", 1);
        Directory.CreateDirectory(_folder.File("dataset.csv/taken"));

        var outcome = await Run("import", "set", "--out", "dataset.csv");

        Assert.Equal((ExitCode.UserError, ""), (outcome.ExitCode, outcome.Output));
        Assert.Contains("dataset.csv", Assert.Single(outcome.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Split_draws_parts_and_published_brings_the_given_ones_back()
    {
        WriteScans("train", 20);
        await Run("import", "set", "--out", "dataset.csv");

        var drawn = await Run("split", "dataset.csv", "--seed", "7", "--val", "0.1", "--test", "0.2", "--out", "drawn.csv", "--cache", "cache");
        var given = await Run("split", "drawn.csv", "--published", "--format", "json", "--cache", "cache");

        Assert.Equal("ct_tumor             14       2       4      20", drawn.Lines[2]);
        using var json = JsonDocument.Parse(given.Output);
        Assert.Equal(20, json.RootElement.GetProperty("counts").GetProperty("ct_tumor").GetProperty("train").GetInt32());
        var kept = Manifest.Load(_folder.File("drawn.csv")).Rows;
        Assert.All(kept, row => Assert.NotEmpty(row.Group));
        Assert.Equal(Manifest.Load(_folder.File("dataset.csv")).Rows, kept.Select(row => row with { Group = "" }));
    }

    [Fact]
    public async Task Split_refuses_a_seed_beside_published()
    {
        var outcome = await Run("split", "dataset.csv", "--published", "--seed", "7");

        Assert.Equal(ExitCode.UserError, outcome.ExitCode);
        Assert.Contains("--published keeps the given parts", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("import", "gyrus data import archive.zip --out dataset.csv")]
    [InlineData("split", "gyrus data split dataset.csv --published")]
    public async Task Help_ends_with_examples(string command, string example)
    {
        var outcome = await Run(command, "--help");

        Assert.Equal(ExitCode.Success, outcome.ExitCode);
        Assert.Contains(example, outcome.Output[outcome.Output.IndexOf("Examples:", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    private Task<Outcome> Run(params string[] arguments) =>
        GyrusProcess.Run(["data", .. arguments], TestContext.Current.CancellationToken, _folder.Path);

    /// <summary>Different images of a tumour and of none, under <c>set</c>.</summary>
    private void WriteScans(string part, int count)
    {
        foreach (var label in (string[])["ct_healthy", "ct_tumor"])
        {
            Directory.CreateDirectory(_folder.File($"set/{part}/{label}"));
            for (int i = 0; i < count; i++)
            {
                using var image = Image.Black(8 + i, label.Length + part.Length);
                image.WriteToFile(_folder.File($"set/{part}/{label}/{i}.png"));
            }
        }
    }
}
