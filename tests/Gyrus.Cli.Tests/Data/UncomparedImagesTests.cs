using System.Text.Json;
using Gyrus.Cli.Terminal;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Xunit;

namespace Gyrus.Cli.Tests.Data;

/// <summary><c>gyrus data split</c> and <c>gyrus data check</c> where images of the manifest are gone: what was not
/// looked at is not said to be clean.</summary>
public sealed class UncomparedImagesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("check")]
    [InlineData("split")]
    public async Task Nothing_is_found_clean_where_no_image_can_be_read(string command)
    {
        await Import(images: 6, gone: 6);
        var before = File.ReadAllText(_folder.File("dataset.csv"));

        var outcome = await Run(command, "dataset.csv");

        Assert.Equal((ExitCode.UserError, ""), (outcome.ExitCode, outcome.Output));
        Assert.Contains("None of the 6 images can be read", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(_folder.File("dataset.csv")));
    }

    [Theory]
    [InlineData("check")]
    [InlineData("split")]
    public async Task Images_that_cannot_be_read_are_told_of_by_exit_code_3_and_listed(string command)
    {
        await Import(images: 40, gone: 25);

        var outcome = await Run(command, "dataset.csv", "--format", "json");

        Assert.Equal(ExitCode.SomeUnreadable, outcome.ExitCode);
        using var json = JsonDocument.Parse(outcome.Output);
        Assert.Equal(
            Enumerable.Range(0, 25).Select(i => $"{i}.png"),
            json.RootElement.GetProperty("unreadable").EnumerateArray().Select(path => path.GetString()));
        Assert.Equal(0, json.RootElement.GetProperty("leakage").GetArrayLength());
        var said = outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line.StartsWith("not compared", StringComparison.Ordinal)).ToList();
        Assert.Equal(21, said.Count);
        Assert.Equal("not compared with the others: 5 more; --format json lists all.", said[^1]);
    }

    [Fact]
    public async Task Check_as_text_says_how_many_were_not_compared()
    {
        await Import(images: 5, gone: 2);

        var outcome = await Run("check", "dataset.csv");

        Assert.Contains(
            "no copy on both sides, among 5 images; 2 images could not be compared", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Copies_on_both_sides_outweigh_images_that_cannot_be_read()
    {
        await Import(images: 5, gone: 1, ("copy.png", "4.png"));

        var outcome = await Run("check", "dataset.csv");

        Assert.Equal(ExitCode.CheckFailed, outcome.ExitCode);
        Assert.Contains("leakage: 1 of the 3 images", outcome.Output, StringComparison.Ordinal);
    }

    /// <summary>Pictures without likeness, every other one in the test part, and a copy in the training part of the one
    /// named; then some of them are deleted.</summary>
    private async Task Import(int images, int gone, params (string Path, string Of)[] copies)
    {
        var lines = new List<string> { "path,label,split" };
        for (int i = 0; i < images; i++)
        {
            TestImage.WriteNoise(_folder.File($"{i}.png"), 90, 80, i);
            lines.Add($"{i}.png,mri_glioma,{(i % 2 == 0 ? "test" : "train")}");
        }
        foreach (var (path, of) in copies)
        {
            File.Copy(_folder.File(of), _folder.File(path));
            lines.Add($"{path},mri_glioma,train");
        }
        File.WriteAllLines(_folder.File("list.csv"), lines);
        Assert.Equal(ExitCode.Success, (await Run("import", "list.csv", "--out", "dataset.csv")).ExitCode);
        for (int i = 0; i < gone; i++) File.Delete(_folder.File($"{i}.png"));
    }

    private Task<Outcome> Run(params string[] arguments)
    {
        string[] cache = arguments[0] == "import" ? [] : ["--cache", _folder.File("cache")];
        return GyrusProcess.Run(["data", .. arguments, .. cache], TestContext.Current.CancellationToken, _folder.Path);
    }
}
