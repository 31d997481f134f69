using System.Text.Json;
using Gyrus.Cli.Terminal;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Cli.Tests.Data;

public sealed class ConvertCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public ConvertCommandTests()
    {
        for (int i = 0; i < 3; i++)
        {
            var slice = new WrittenSlice("1.2", "1.2.3") { Modality = "CT", Description = "Head", Number = 7 };
            File.WriteAllBytes(Path.Combine(_folder.Folder("study"), $"IM{i}"), slice.Grey(i, i * 5, (_, x, y) => (short)(x + y), intercept: -1024));
        }
        File.WriteAllBytes(_folder.File("study/REPORT"), new WrittenSlice("1.2", "1.2.4") { Description = "Picture", Number = 8 }.Bytes(1, 0, (1, 2, 3)));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Converts_what_it_can_and_says_what_values_mean()
    {
        var outcome = await Run("study", "--out", "out");

        Assert.Equal(ExitCode.SomeUnreadable, outcome.ExitCode);
        Assert.Equal(["out/007-Head: 3 slices, value = level - 1024 HU", "1 of 2 series written, 3 slices."], outcome.Lines);
        Assert.Contains("study/REPORT: series 8 (1 image) was not converted: its pixels are colours", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_tells_files_and_reasons()
    {
        var outcome = await Run("study", "--out", "out", "--to", "nifti", "--format", "json");

        Assert.Equal(ExitCode.SomeUnreadable, outcome.ExitCode);
        using var json = JsonDocument.Parse(outcome.Output);
        var series = json.RootElement.GetProperty("series");
        Assert.Equal("out/007-Head.nii.gz", series[0].GetProperty("path").GetString());
        Assert.True(File.Exists(_folder.File(series[0].GetProperty("table").GetString()!)));
        Assert.Equal(JsonValueKind.Null, series[1].GetProperty("path").ValueKind);
        Assert.Equal(1, json.RootElement.GetProperty("errors").GetArrayLength());
    }

    [Fact]
    public async Task A_window_goes_with_images_as_displayed()
    {
        Assert.Equal(ExitCode.Success, (await Run("study", "--out", "out", "--to", "png", "--window", "bone")).ExitCode);
        var refused = await Run("study", "--out", "out", "--window", "bone");
        Assert.Equal(ExitCode.UserError, refused.ExitCode);
        Assert.Contains("--to png", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_slices_is_told()
    {
        _folder.Folder("empty");
        var outcome = await Run("empty", "--out", "out");
        Assert.Equal(ExitCode.SomeUnreadable, outcome.ExitCode);
        Assert.Contains("empty", outcome.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("out")));
    }

    private Task<Outcome> Run(params string[] arguments) =>
        GyrusProcess.Run(["data", "convert", .. arguments], TestContext.Current.CancellationToken, _folder.Path);
}
