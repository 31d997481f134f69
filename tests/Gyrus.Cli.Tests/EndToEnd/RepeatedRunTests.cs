using System.Text.Json.Nodes;
using Gyrus.Cli.Terminal;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Cli.Tests.EndToEnd;

/// <summary>Runs that are repeated from the recipe that another one left.</summary>
public sealed class RepeatedRunTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--float16", "--hidden", "20", "--dropout", "0.4", "--class-weights", "balanced", "--seed", "5")]
    [InlineData("--fine-tune", "--from-layer", "conv5_block3", "--size", "64", "--start-size", "32", "--full-size-epochs", "1", "--zoom", "0.3")]
    public async Task Train_from_the_recipe_of_a_run_gives_its_weights_again_and_an_option_beside_it_others(params string[] options)
    {
        await Gyrus("data", "import", RealScans.WriteList(_folder, perLabel: 5), "--out", "dataset.csv");
        string[] features = ["--features", "features"];

        await Gyrus(["train", "dataset.csv", "--out", "first", "--epochs", "2", .. options, .. features]);
        await Gyrus(["train", "--config", "first/recipe.json", "dataset.csv", "--out", "second", .. features]);
        await Gyrus(["train", "--config", "first/recipe.json", "dataset.csv", "--out", "third", "--seed", "8", .. features]);

        Assert.Equal(Weights("first"), Weights("second"));
        Assert.Equal(Text("first/recipe.json"), Text("second/recipe.json"));
        Assert.NotEqual(Weights("first"), Weights("third"));
        var changed = JsonNode.Parse(Text("first/recipe.json"))!;
        changed["training"]!["seed"] = 8;
        Assert.True(JsonNode.DeepEquals(changed, JsonNode.Parse(Text("third/recipe.json"))));
    }

    [Fact]
    public async Task Train_from_the_recipe_of_a_run_that_went_on_from_another_starts_there_and_asks_whether_it_is_the_same()
    {
        await Gyrus("data", "import", RealScans.WriteList(_folder, perLabel: 5), "--out", "dataset.csv");
        string[] fit = ["train", "dataset.csv", "--fine-tune", "--from-layer", "conv5_block3", "--epochs", "1", "--size", "32"];
        await Gyrus([.. fit, "--out", "small"]);
        await Gyrus([.. fit, "--out", "first", "--from", "small"]);
        string[] repeat = ["train", "--config", "first/recipe.json", "dataset.csv", "--out"];

        await Gyrus([.. repeat, "second"]);
        Directory.Delete(_folder.File("small"), recursive: true);
        await Gyrus([.. fit, "--out", "small", "--seed", "2"]);
        var refused = await Run([.. repeat, "third"]);

        Assert.Equal(Weights("first"), Weights("second"));
        Assert.Equal(ExitCode.UserError, refused.ExitCode);
        Assert.Contains("holds other weights than the recipe started from", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tune_takes_a_recipe_and_names_it_in_the_command_that_trains_the_best_setting()
    {
        await Gyrus("data", "import", RealScans.WriteList(_folder, perLabel: 5), "--out", "dataset.csv");
        await Gyrus("train", "dataset.csv", "--out", "first", "--epochs", "1", "--hidden", "20,9", "--features", "features");

        var tuned = await Gyrus(
            "tune", "dataset.csv", "--config", "first/recipe.json", "--out", "tuning", "--features", "features", "--learning-rates", "0.001",
            "--inner-sizes", "10", "--dropouts", "0.5");

        Assert.EndsWith(
            "--out runs/first --learning-rate 0.001 --hidden 20,10 --dropout 0.5 --config first/recipe.json --features features",
            tuned.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_from_a_file_that_is_no_recipe_names_file_and_member()
    {
        File.WriteAllText(_folder.File("mine.json"), """{ "formatVersion": 1, "optimizer": "lion" }""");

        var outcome = await Run(["train", "--config", "mine.json", "dataset.csv", "--out", "run"]);

        Assert.Equal(ExitCode.UserError, outcome.ExitCode);
        Assert.Contains("mine.json: optimizer is no member of a recipe.", outcome.Error, StringComparison.Ordinal);
    }

    private byte[] Weights(string run) => File.ReadAllBytes(_folder.File($"{run}/best.safetensors"));

    private string Text(string path) => File.ReadAllText(_folder.File(path));

    private Task<Outcome> Run(string[] arguments) => GyrusProcess.Run(arguments, TestContext.Current.CancellationToken, _folder.Path);

    private async Task<Outcome> Gyrus(params string[] arguments)
    {
        var outcome = await Run(arguments);
        Assert.True(outcome.ExitCode == ExitCode.Success, $"{string.Join(' ', arguments)}: {outcome.ExitCode} {outcome.Error}");
        return outcome;
    }
}
