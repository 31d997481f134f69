using System.Text.Json;
using Gyrus.Cli.Terminal;
using Gyrus.Testing;
using NetVips;
using Xunit;

namespace Gyrus.Cli.Tests.Data;

public sealed class AuditCommandTests : IDisposable
{
    private static readonly string[] Cache = ["--cache", "cache"];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Audit_prints_the_score_card_and_writes_the_page_and_the_JSON()
    {
        Scan("train/mri_healthy/a.png");
        Scan("test/mri_healthy/b.png");

        var outcome = await Audit();

        Assert.Equal((ExitCode.Success, ""), (outcome.ExitCode, outcome.Error));
        Assert.Contains(outcome.Lines, line =>
            line.StartsWith("fail  leakage     1 of the 1 image to be judged on (100 %)", StringComparison.Ordinal));
        Assert.Contains(outcome.Lines, line => line.EndsWith(
            "mend: gyrus data import set --out dataset.csv && gyrus data split dataset.csv --by group", StringComparison.Ordinal));
        Assert.True(File.Exists(_folder.File("out/index.html")));
        using var json = JsonDocument.Parse(File.ReadAllText(_folder.File("out/audit.json")));
        Assert.Equal("test/mri_healthy/b.png", json.RootElement.GetProperty("leakage")[0].GetString());
    }

    [Fact]
    public async Task What_the_audit_says_to_type_mends_what_it_found()
    {
        Scan("train/mri_glioma/a.png");
        Scan("test/mri_tumor/b.png");
        for (int i = 0; i < 40; i++) Picture($"train/mri_{(i % 2 == 0 ? "glioma" : "healthy")}/{i}.png", 70 + i);
        await Audit();
        using var json = JsonDocument.Parse(File.ReadAllText(_folder.File("out/audit.json")));
        var mend = json.RootElement.GetProperty("scoreCard").EnumerateArray()
            .Single(line => line.GetProperty("finding").GetString() == "conflicts").GetProperty("mend").GetString()!;

        foreach (var command in mend.Split(" && "))
        {
            var outcome = await GyrusProcess.Run(
                [.. command.Split(' ')[1..], .. command.Contains("split", StringComparison.Ordinal) ? Cache : []],
                TestContext.Current.CancellationToken, _folder.Path);
            Assert.Equal(ExitCode.Success, outcome.ExitCode);
        }

        var after = await GyrusProcess.Run(
            ["data", "audit", "dataset.csv", "--out", "after", "--fail-on", "leakage,conflicts", .. Cache],
            TestContext.Current.CancellationToken, _folder.Path);
        Assert.Equal((ExitCode.Success, ""), (after.ExitCode, after.Error));
        Assert.Contains(after.Lines, line => line.StartsWith("pass  leakage", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("leakage", ExitCode.CheckFailed)]
    [InlineData("conflicts,leakage", ExitCode.CheckFailed)]
    [InlineData("copies", ExitCode.CheckFailed)]
    [InlineData("conflicts,text", ExitCode.Success)]
    public async Task Fail_on_exits_with_4_when_one_of_its_findings_is_there(string findings, int code)
    {
        Scan("train/mri_healthy/a.png");
        Scan("test/mri_healthy/b.png");

        var outcome = await Audit("--fail-on", findings);

        Assert.Equal(code, outcome.ExitCode);
        Assert.Equal(code == ExitCode.CheckFailed, outcome.Error.StartsWith("--fail-on: found ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_cannot_be_judged_does_not_fail()
    {
        Scan("mri_healthy/a.png");

        Assert.Equal(ExitCode.Success, (await Audit("--fail-on", "leakage,shortcuts")).ExitCode);
    }

    [Theory]
    [InlineData(ExitCode.SomeUnreadable)]
    [InlineData(ExitCode.CheckFailed, "--fail-on", "unreadable")]
    public async Task A_file_that_cannot_be_read_is_exit_code_3_and_4_where_asked_to_fail_on_it(
        int code, params string[] options)
    {
        Scan("mri_healthy/a.png");
        File.WriteAllText(_folder.File("set/mri_healthy/empty.png"), "");

        var outcome = await Audit([.. options, "--format", "json"]);

        Assert.Equal(code, outcome.ExitCode);
        using var json = JsonDocument.Parse(outcome.Output);
        Assert.Equal("mri_healthy/empty.png", json.RootElement.GetProperty("unreadable")[0].GetString());
    }

    [Fact]
    public async Task An_unknown_finding_is_refused_with_the_known_ones()
    {
        var outcome = await Audit("--fail-on", "leakage,leeks");

        Assert.Equal(ExitCode.UserError, outcome.ExitCode);
        Assert.Contains("'leeks'", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("conflicts", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_folder_is_a_user_error_that_names_it()
    {
        Directory.CreateDirectory(_folder.File("set"));

        var outcome = await Audit();

        Assert.Equal(ExitCode.UserError, outcome.ExitCode);
        Assert.Equal(
            "gyrus: set: there is no image to audit; it is empty. Give the folder, zip or CSV file of a data set.",
            outcome.Error.TrimEnd());
        Assert.False(Directory.Exists(_folder.File("out")));
    }

    private Task<Outcome> Audit(params string[] options) => GyrusProcess.Run(
        ["data", "audit", "set", "--out", "out", .. Cache, .. options],
        TestContext.Current.CancellationToken, _folder.Path);

    /// <summary>A picture unlike those of other seeds.</summary>
    private void Picture(string path, int seed)
    {
        var random = new Random(seed);
        byte[] coarse = new byte[8 * 8];
        random.NextBytes(coarse);
        using var small = Image.NewFromMemory(coarse, 8, 8, 1, Enums.BandFormat.Uchar);
        using var image = small.Resize(12);
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File("set/" + path))!);
        image.WriteToFile(_folder.File("set/" + path));
    }

    private void Scan(string path)
    {
        var full = _folder.File("set/" + path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.Copy(Path.Combine(TestFiles.Root, "samples", "mri-healthy-coronal.png"), full);
    }
}
