using System.Text.Json;
using Gyrus.Cli.Terminal;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Xunit;

namespace Gyrus.Cli.Tests.Packages;

/// <summary><c>gyrus evaluate</c> of a package.</summary>
public sealed class PackageEvaluationTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Evaluate_leaves_out_a_file_that_is_no_longer_the_one_of_the_manifest_and_says_which()
    {
        ColourModel.Write(_folder.File("model"));
        TestImage.Write(_folder.File("red.png"), 255, 0, 0);
        TestImage.Write(_folder.File("green.png"), 0, 255, 0);
        File.WriteAllText(_folder.File("list.csv"), "path,label\nred.png,ct_tumor\ngreen.png,mri_healthy\n");
        await GyrusProcess.Run(["data", "import", "list.csv", "--out", "set.csv"], Cancel, _folder.Path);
        TestImage.Write(_folder.File("green.png"), 0, 0, 255);

        var outcome = await GyrusProcess.Run(
            ["evaluate", "model", "set.csv", "--split", "none", "--format", "json"], Cancel, _folder.Path);

        Assert.Equal(ExitCode.SomeUnreadable, outcome.ExitCode);
        Assert.Equal(1, JsonDocument.Parse(outcome.Output).RootElement.GetProperty("count").GetInt32());
        var line = Assert.Single(outcome.Error.Split('\n'), line => line.StartsWith("left out: ", StringComparison.Ordinal));
        Assert.Contains("green.png", line, StringComparison.Ordinal);
        Assert.Contains("has changed since the manifest was written", line, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
