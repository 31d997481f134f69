using System.Text.Json;
using Gyrus.Cli.Terminal;
using Gyrus.Data.Manifests;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Cli.Tests.EndToEnd;

/// <summary><c>gyrus evaluate --folds</c>.</summary>
public sealed class FoldEvaluationTests : IDisposable
{
    private static readonly string[] Evaluate =
        ["evaluate", "--features", "features", "--size", "64", "--epochs", "2", "--format", "json", "--out", "study", "--folds"];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_image_is_evaluated_once_and_a_second_call_trains_nothing()
    {
        var manifest = await Folds();

        var first = await Run([.. Evaluate, "folds.csv"]);
        var runs = Runs();
        var second = await Run([.. Evaluate, "folds.csv"]);
        var other = await Run([.. Evaluate, "folds.csv", "--dropout", "0.1"]);

        Assert.Equal(ExitCode.Success, first.ExitCode);
        Assert.Equal(manifest.Rows.Count, Json(first).GetProperty("count").GetInt32());
        Assert.Equal(
            manifest.Rows.DistinctBy(row => row.Group).Count(), Json(first).GetProperty("settings").GetProperty("groups").GetInt32());
        for (int fold = 0; fold < 3; fold++)
        {
            int number = manifest.Rows.Count(row => row.Fold == fold);
            Assert.Matches($"fold {fold}: accuracy [01]\\.\\d{{4}} on {number} images, epoch [12]", first.Error);
        }
        var predictions = File.ReadLines(_folder.File("study/evaluation/predictions.csv")).Select(line => line.Split(',')).ToList();
        var places = predictions.Skip(1).Select(fields => fields[Array.IndexOf(predictions[0], "fold")]);
        Assert.Equal(manifest.Rows.Select(row => $"{row.Fold}").Order(), places.Order());
        foreach (var file in (string[])["evaluation.json", "evaluation.txt", "roc.svg", "confusion.svg", "reliability.svg"])
            Assert.True(File.Exists(_folder.File($"study/evaluation/{file}")), file);
        Assert.Equal((ExitCode.Success, first.Output), (second.ExitCode, second.Output));
        Assert.Equal(runs, Runs());
        Assert.Equal((ExitCode.UserError, ""), (other.ExitCode, other.Output));
        Assert.Contains("fold of another recipe", other.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folds_that_share_bytes_are_marked_as_leaked_and_exit_with_4()
    {
        var manifest = await Folds();
        var copied = manifest.Rows[0];
        File.Copy(manifest.FullPath(copied), _folder.File("copy.png"));
        (manifest with
        {
            Rows = [.. manifest.Rows, copied with { Path = "copy.png", Fold = (copied.Fold + 1) % 3 }],
        }).Save(_folder.File("leaking.csv"));

        var outcome = await Run([.. Evaluate, "leaking.csv"]);

        Assert.Equal(ExitCode.CheckFailed, outcome.ExitCode);
        Assert.Equal(
            [copied.Path, "copy.png"],
            Json(outcome).GetProperty("leaked").GetProperty("paths").EnumerateArray().Select(path => path.GetString())
                .OrderBy(path => path == "copy.png"));
    }

    [Theory]
    [InlineData("--epochs says how to train, which only --folds does", "run", "dataset.csv", "--epochs", "3")]
    [InlineData("--dropout says how to train, which only --folds does", "run", "dataset.csv", "--dropout", "0.1")]
    [InlineData("evaluate needs a model and a dataset", "dataset.csv")]
    [InlineData("evaluate needs a model and a dataset")]
    [InlineData("--folds needs --out", "--folds", "folds.csv")]
    [InlineData("--folds trains its own models", "run", "--folds", "folds.csv", "--out", "study")]
    [InlineData("--folds trains its own models", "--folds", "folds.csv", "--out", "study", "--split", "val")]
    [InlineData("--folds trains its own models", "--folds", "folds.csv", "--out", "study", "--without-leaked")]
    [InlineData("--by", "run", "dataset.csv", "--by")]
    [InlineData("there is no such folder", "run", "dataset.csv", "--by", "modality", "--by", "plane")]
    [InlineData("there is no such manifest", "--folds", "folds.csv", "--out", "study")]
    public async Task Options_that_contradict_one_another_are_refused(string why, params string[] options)
    {
        var outcome = await Run(["evaluate", .. options]);

        Assert.Equal((ExitCode.UserError, ""), (outcome.ExitCode, outcome.Output));
        Assert.Contains(why, outcome.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("study")));
    }

    /// <summary>Some scans of each label in three folds, as <c>folds.csv</c>.</summary>
    private async Task<Manifest> Folds()
    {
        var list = RealScans.WriteList(_folder, perLabel: 5);
        foreach (var arguments in (string[][])
            [
                ["data", "import", list, "--out", "dataset.csv"],
                ["data", "split", "dataset.csv", "--folds", "3", "--out", "folds.csv", "--cache", "cache"],
            ])
        {
            Assert.Equal(ExitCode.Success, (await Run(arguments)).ExitCode);
        }
        return Manifest.Load(_folder.File("folds.csv"));
    }

    private List<string> Runs() => [.. Enumerable.Range(0, 3).Select(fold => File.ReadAllText(_folder.File($"study/fold-{fold}/run.json")))];

    private Task<Outcome> Run(string[] arguments) =>
        GyrusProcess.Run(arguments, TestContext.Current.CancellationToken, _folder.Path);

    private static JsonElement Json(Outcome outcome) => JsonDocument.Parse(outcome.Output).RootElement;
}
