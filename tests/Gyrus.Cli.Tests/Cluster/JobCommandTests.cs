using System.Text.Json;
using Gyrus.Cli.Terminal;
using Gyrus.Cli.Tests.EndToEnd;
using Gyrus.DicomWeb;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Gyrus.Testing.PostgreSql;
using Xunit;

namespace Gyrus.Cli.Tests.Cluster;

/// <summary>What jobs give is what the same commands give on one machine.</summary>
public sealed class JobCommandTests : IDisposable
{
    private static readonly (byte, byte, byte) Green = (0, 255, 0), Blue = (0, 0, 255);

    private readonly TempFolder _temp = new();
    private readonly Dictionary<string, string> _environment = [];
    private readonly NodeProcesses _nodes;

    public JobCommandTests() => _nodes = new(_environment);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _nodes.Dispose();
        _temp.Dispose();
    }

    [Fact]
    public async Task Studies_of_an_archive_are_fetched_and_answered_by_the_nodes()
    {
        ColourModel.Write(_temp.File("model"));
        using var orthanc = await OrthancServer.Start();
        for (int i = 0; i < 8; i++)
        {
            await orthanc.Upload(new WrittenSlice("1.2.3", "1.2.3.1").Bytes(i + 1, 5 * i, i is 2 or 3 or 4 ? Blue : Green));
            await orthanc.Upload(new WrittenSlice("1.2.4", "1.2.4.1").Bytes(i + 1, 5 * i, Green));
        }
        (_environment[ArchiveAddress.UserVariable], _environment[ArchiveAddress.PasswordVariable]) = (OrthancServer.User, OrthancServer.Password);
        string[] gateway = ["--gateway-port", $"{await _nodes.StartNode()}"];
        string[] asked = [orthanc.Archive, "--query", "ModalitiesInStudy=MR", "--model", _temp.File("model")];

        var one = await _nodes.Gyrus(["classify", .. asked, "--out", _temp.File("one.jsonl")]);
        var job = await _nodes.Gyrus(["job", "classify", .. asked, "--out", _temp.File("results"), .. gateway]);

        Assert.Equal((ExitCode.Success, ExitCode.Success), (one.ExitCode, job.ExitCode));
        var expected = File.ReadAllText(_temp.File("one.jsonl"));
        Assert.Equal(2, expected.Count(letter => letter == '\n'));
        Assert.Equal(expected, File.ReadAllText(_temp.File("results/answers.jsonl")));
        Assert.Contains("2 of 2 answered", (await _nodes.Gyrus(["job", "show", job.Lines[0], .. gateway])).Output, StringComparison.Ordinal);
        Assert.Contains("leave --level slice out", (await _nodes.Gyrus(["job", "classify", .. asked, "--level", "slice", .. gateway])).Error, StringComparison.Ordinal);
    }

    /// <summary>Without a word, as where a machine loses its power.</summary>
    [Fact]
    public async Task A_node_that_is_killed_costs_no_answer_and_gives_none_twice()
    {
        using var server = new PostgreSqlServer();
        _environment["GYRUS_CLUSTER"] = server.NewDatabase();
        for (int node = 0; node < 3; node++) await _nodes.StartNode();
        for (int number = 0; number < 120; number++) TestImage.WriteNoise(_temp.File($"{number:000}.png"), 60, 50, number);

        var id = Assert.Single((await _nodes.Gyrus("job", "classify", _temp.Path, "--shard-size", "5", "--detach")).Lines);
        JsonElement shown;
        do shown = await Show(id);
        while (shown.GetProperty("filesDone").GetInt32() == 0);
        _nodes.Started[1].Kill();
        using var patience = new CancellationTokenSource(NodeProcesses.Hang);
        while ((shown = await Show(id)).GetProperty("status").GetString() != "done") await Task.Delay(500, patience.Token);

        await _nodes.Gyrus("classify", _temp.Path, "--level", "slice", "--out", _temp.File("one.jsonl"));
        Assert.Equal((120, 0), (shown.GetProperty("filesDone").GetInt32(), shown.GetProperty("troubles").GetArrayLength()));
        Assert.Equal(File.ReadAllText(_temp.File("one.jsonl")), (await _nodes.Gyrus("job", "results", id)).Output);
    }

    [Fact]
    public async Task Folds_and_settings_that_nodes_train_give_the_figures_of_one_machine()
    {
        var list = RealScans.WriteList(_temp, perLabel: 5);
        string folds = _temp.File("folds.csv"), parts = _temp.File("parts.csv");
        Assert.Equal(ExitCode.Success, (await _nodes.Gyrus("data", "import", list, "--out", folds)).ExitCode);
        File.Copy(folds, parts);
        await _nodes.Gyrus("data", "split", folds, "--folds", "3", "--cache", _temp.File("copies"));
        await _nodes.Gyrus("data", "split", parts, "--cache", _temp.File("copies"));
        string[] gateway = ["--gateway-port", $"{await _nodes.StartNode()}"];
        string[] recipe = ["--size", "64", "--epochs", "2"], grid = ["--learning-rates", "0.001", "0.01", "--inner-sizes", "10", "--dropouts", "0.2"];
        string[] here = ["--features", _temp.File("here")], there = ["--features", _temp.File("there")];

        var trained = await _nodes.Gyrus(["job", "folds", folds, "--out", _temp.File("there-folds"), .. recipe, .. there, .. gateway]);
        Assert.Equal((ExitCode.Success, 3), (trained.ExitCode, trained.Lines.Length));
        var table = await _nodes.Gyrus(["job", "results", trained.Lines[0], "--out", _temp.File("table"), "--format", "parquet", .. gateway]);
        Assert.Equal(ExitCode.UserError, table.ExitCode);
        Assert.Contains("no table", table.Error, StringComparison.Ordinal);
        var next = trained.Lines[2]["next: gyrus ".Length..].Split(' ');
        Assert.Equal((await _nodes.Gyrus(["evaluate", "--folds", folds, "--out", _temp.File("here-folds"), .. recipe, .. here])).Output, (await _nodes.Gyrus(next)).Output);

        var tuned = await _nodes.Gyrus(["job", "tune", parts, "--out", _temp.File("there-tuning"), .. recipe, .. grid, .. there, .. gateway]);
        Assert.Equal(ExitCode.Success, tuned.ExitCode);
        await _nodes.Gyrus(["tune", parts, "--out", _temp.File("here-tuning"), .. recipe, .. grid, .. here]);
        Assert.Equal(File.ReadAllText(_temp.File("here-tuning/tuning.csv")), File.ReadAllText(_temp.File("there-tuning/tuning.csv")));
        // Called again it is with what is done.
        var again = await _nodes.Gyrus(["job", "tune", parts, "--out", _temp.File("again"), .. recipe, .. grid, .. there, .. gateway]);
        Assert.Equal(tuned.Lines[..4], again.Lines[..4]);
    }

    private async Task<JsonElement> Show(string id) => JsonDocument.Parse((await GyrusProcess.Run(["job", "show", id, "--format", "json"], Cancel, environment: _environment)).Output).RootElement;
}
