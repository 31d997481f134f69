using System.Text.Json;
using Gyrus.Cli.Terminal;
using Gyrus.Learning.Backbones;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Cli.Tests.Weights;

public sealed class WeightsCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task List_of_an_empty_cache_says_how_to_get_weights()
    {
        var outcome = await Run("weights", "list");

        Assert.Equal((ExitCode.Success, ""), (outcome.ExitCode, outcome.Error));
        Assert.Equal(
            [
                "resnet50: not on this machine; gyrus weights get resnet50",
                "xception: not on this machine; gyrus weights get xception",
                "resnet18: comes with Gyrus",
                "densenet121: not on this machine; gyrus weights get densenet121",
                "mobilenetv2: not on this machine; gyrus weights get mobilenetv2",
            ],
            outcome.Lines);
        Assert.Empty((await Run("weights", "list", "--format", "json")).Output);
    }

    [Fact]
    public async Task Added_folder_is_recognised_and_listed()
    {
        WriteTfjs(Backbone.Xception);

        var added = await Run("weights", "add", _folder.Path, "--licence", "MIT", "--format", "json");
        var listed = await Run("weights", "list", "--format", "json");

        Assert.Equal((ExitCode.Success, ""), (added.ExitCode, added.Error));
        Assert.Equal(added.Output, listed.Output);
        using var json = JsonDocument.Parse(added.Output);
        Assert.Equal("xception", json.RootElement.GetProperty("backbone").GetString());
        Assert.Equal("MIT", json.RootElement.GetProperty("licence").GetString());
        Assert.True(File.Exists(json.RootElement.GetProperty("path").GetString()));
        Assert.Contains("gyrus weights get resnet50", (await Run("weights", "list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_backbone_and_missing_path_are_user_errors()
    {
        WriteTfjs(Backbone.Xception);

        var wrong = await Run("weights", "add", _folder.Path, "--backbone", "resnet50");
        var missing = await Run("weights", "add", _folder.File("nothing.h5"));
        var unknown = await Run("weights", "get", "vgg16");

        Assert.All([wrong, missing, unknown], outcome => Assert.Equal(ExitCode.UserError, outcome.ExitCode));
        Assert.All([wrong, missing, unknown], outcome => Assert.Empty(outcome.Output));
        Assert.Contains("missing conv1_conv/kernel", wrong.Error, StringComparison.Ordinal);
        Assert.Contains("nothing.h5", missing.Error, StringComparison.Ordinal);
        Assert.Contains("resnet50, xception", unknown.Error, StringComparison.Ordinal);
    }

    private Task<Outcome> Run(params string[] arguments) => GyrusProcess.Run(
        arguments,
        TestContext.Current.CancellationToken,
        environment: new Dictionary<string, string> { ["GYRUS_CACHE"] = _folder.File("cache") });

    /// <summary>Weights that are all zero, in one shard.</summary>
    private void WriteTfjs(Backbone backbone)
    {
        using (var shard = File.Create(_folder.File("zeros.bin")))
            shard.SetLength(backbone.Graph.Variables.Sum(variable => 4L * variable.Length));
        var weights = backbone.Graph.Variables
            .Select(variable => new { name = variable.Name, shape = variable.Shape, dtype = "float32" });
        File.WriteAllText(
            _folder.File("model.json"),
            JsonSerializer.Serialize(new { weightsManifest = new[] { new { paths = new[] { "zeros.bin" }, weights } } }));
    }
}
