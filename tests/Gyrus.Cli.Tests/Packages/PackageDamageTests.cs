using Gyrus.Cli.Terminal;
using Gyrus.Models;
using Gyrus.Models.Trust;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Xunit;

namespace Gyrus.Cli.Tests.Packages;

public sealed class PackageDamageTests : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly ModelPackage _package;

    public PackageDamageTests()
    {
        _package = ColourModel.Write(_temp.File("model"));
        TestImage.Write(_temp.File("red.png"), 255, 0, 0);
    }

    [Theory]
    [InlineData("\"temperature\":1", "\"temperature\":0", "trust.temperature is 0")]
    [InlineData("\"threshold\":0.5", "\"threshold\":7", "trust.threshold.threshold is 7")]
    public async Task Classify_with_a_calibration_that_means_nothing_is_refused_and_answers_nothing(string good, string bad, string said)
    {
        Rewrite(_package.Description with { Trust = TrustSettings.None });
        var path = Path.Combine(_package.Folder, ModelPackage.DescriptionFile);
        var compact = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(path))!.ToJsonString();
        Assert.Contains(good, compact, StringComparison.Ordinal);
        File.WriteAllText(path, compact.Replace(good, bad, StringComparison.Ordinal));

        var outcome = await Classify();

        Assert.Equal(ExitCode.UserError, outcome.ExitCode);
        Assert.Contains(said, outcome.Error, StringComparison.Ordinal);
        Assert.Empty(outcome.Output);
    }

    [Fact]
    public async Task Classify_with_the_network_of_another_package_is_refused()
    {
        File.AppendAllText(_package.OnnxPath, "more");

        var outcome = await Classify();

        Assert.Equal(ExitCode.UserError, outcome.ExitCode);
        Assert.Contains("this is not the network that model.json was written for", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Classify_with_a_package_from_before_the_hash_says_so_once_and_answers()
    {
        Rewrite(_package.Description with { NetworkHash = null });

        var outcome = await Classify();

        Assert.Equal(ExitCode.Success, outcome.ExitCode);
        Assert.Single(outcome.Error.Split('\n'), line => line.Contains("nothing tells whether the two belong together", StringComparison.Ordinal));
    }

    public void Dispose() => _temp.Dispose();

    private void Rewrite(ModelDescription manifest) =>
        File.WriteAllText(Path.Combine(_package.Folder, ModelPackage.DescriptionFile), ModelPackage.ToJson(manifest));

    private Task<Outcome> Classify() => GyrusProcess.Run(
        ["classify", "--model", _package.Folder, _temp.File("red.png"), "--format", "json"], TestContext.Current.CancellationToken);
}
