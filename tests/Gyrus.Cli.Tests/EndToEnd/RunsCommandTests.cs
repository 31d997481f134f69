using System.Text.Json;
using Gyrus.Cli.Terminal;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Cli.Tests.EndToEnd;

/// <summary>Runs that were really trained, listed and set side by side.</summary>
public sealed class RunsCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Runs_of_two_recipes_are_listed_and_compared_with_their_evaluations_and_curves()
    {
        await Gyrus("data", "import", RealScans.WriteList(_folder, perLabel: 10), "--out", "dataset.csv");
        foreach (var (run, dropout) in new[] { ("first", "0.2"), ("second", "0.5") })
        {
            await Gyrus("train", "dataset.csv", "--out", $"runs/{run}", "--features", "features", "--epochs", "3", "--dropout", dropout);
            await Gyrus("evaluate", $"runs/{run}", "dataset.csv", "--features", "features");
        }

        var list = Json(await Gyrus("runs", "list", "runs", "--format", "json"));
        var table = await Gyrus("runs", "compare", "runs/first", "runs/second", "--plot", "curves.svg");
        var json = Json(await Gyrus("runs", "compare", "runs/first", "runs/second", "--format", "json"));

        Assert.Equal(["second", "first"], list.EnumerateArray().Select(run => run.GetProperty("run").GetString()));
        Assert.Contains(table.Lines, line => line.StartsWith("head.dropout", StringComparison.Ordinal) && line.EndsWith("0.5", StringComparison.Ordinal));
        Assert.Single(json.GetProperty("recipe").EnumerateArray());
        var evaluation = json.GetProperty("evaluation");
        Assert.Equal([14, 14], evaluation.GetProperty("scans").EnumerateArray().Select(scans => scans.GetInt32()));
        Assert.Empty(evaluation.GetProperty("notes").EnumerateArray());
        var accuracy = evaluation.GetProperty("figures")[0];
        foreach (var (run, place) in new[] { ("first", 0), ("second", 1) })
        {
            var own = JsonDocument.Parse(File.ReadAllText(_folder.File($"runs/{run}/evaluation-test/evaluation.json"))).RootElement
                .GetProperty("overall").GetProperty("accuracy");
            foreach (var part in (string[])["value", "low", "high"])
                Assert.Equal(own.GetProperty(part).GetDouble(), accuracy.GetProperty("values")[place].GetProperty(part).GetDouble(), 1e-9);
        }
        Assert.NotEqual(JsonValueKind.Null, accuracy.GetProperty("differences")[1].GetProperty("low").ValueKind);
        Assert.Contains("validation loss", File.ReadAllText(_folder.File("curves.svg")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("runs", "compare", "one")]
    [InlineData("runs", "compare", "one", "two")]
    [InlineData("runs", "list", "nowhere")]
    public async Task Runs_that_are_not_there_are_told_in_a_line(params string[] arguments)
    {
        var outcome = await GyrusProcess.Run(arguments, TestContext.Current.CancellationToken, _folder.Path);

        Assert.Equal(ExitCode.UserError, outcome.ExitCode);
        Assert.NotEmpty(outcome.Error);
        Assert.DoesNotContain("   at ", outcome.Error, StringComparison.Ordinal);
    }

    private async Task<Outcome> Gyrus(params string[] arguments)
    {
        var outcome = await GyrusProcess.Run(arguments, TestContext.Current.CancellationToken, _folder.Path);
        Assert.True(outcome.ExitCode == ExitCode.Success, $"{string.Join(' ', arguments)}: {outcome.ExitCode} {outcome.Error}");
        return outcome;
    }

    private static JsonElement Json(Outcome outcome) => JsonDocument.Parse(outcome.Output).RootElement;
}
