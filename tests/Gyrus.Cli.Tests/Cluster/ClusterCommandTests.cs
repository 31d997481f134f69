using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Gyrus.Cli.Terminal;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Gyrus.Testing.PostgreSql;
using Xunit;

namespace Gyrus.Cli.Tests.Cluster;

/// <summary>Nodes and what gives them work, as processes of their own.</summary>
public sealed class ClusterCommandTests : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly Dictionary<string, string> _environment;
    private readonly NodeProcesses _nodes;
    private readonly string[] _images;

    public ClusterCommandTests()
    {
        ColourModel.Write(_temp.File("model"));
        _images = [.. Enumerable.Range(0, 40).Select(number => TestImage.WriteNoise(_temp.File($"{number:00}.png"), 30, 30, number))];
        File.WriteAllText(_images[5], "no image");
        _environment = new() { ["GYRUS_CACHE"] = _temp.File("cache") };
        _nodes = new(_environment);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _nodes.Dispose();
        _temp.Dispose();
    }

    [Fact]
    public async Task A_laptop_is_a_cluster_of_one_whose_results_are_those_of_classify()
    {
        int gateway = await _nodes.StartNode();
        string[] cluster = ["--gateway-port", $"{gateway}"];

        var job = await _nodes.Gyrus(["job", "classify", _temp.Path, "--model", _temp.File("model"), "--shard-size", "7", "--out", _temp.File("results"), .. cluster]);
        Assert.Equal(ExitCode.SomeUnreadable, job.ExitCode);
        var id = Assert.Single(job.Lines);
        await _nodes.Gyrus(["classify", _temp.Path, "--level", "slice", "--model", _temp.File("model"), "--out", _temp.File("one.jsonl")]);
        var expected = File.ReadAllText(_temp.File("one.jsonl"));
        Assert.Equal(40, expected.Count(c => c == '\n'));
        Assert.Equal(expected, File.ReadAllText(_temp.File("results/answers.jsonl")));
        Assert.Equal(expected, (await _nodes.Gyrus(["job", "results", id, .. cluster])).Output);

        Assert.Equal(ExitCode.SomeUnreadable, (await _nodes.Gyrus(["job", "results", id, "--out", _temp.File("results"), "--format", "parquet", .. cluster])).ExitCode);
        Assert.Equal("PAR1"u8, File.ReadAllBytes(_temp.File("results/answers.parquet")).AsSpan(0, 4));

        using var shown = JsonDocument.Parse((await _nodes.Gyrus(["job", "show", id, "--format", "json", .. cluster])).Output);
        Assert.Equal(("done", 40, 1), (shown.RootElement.GetProperty("status").GetString(), shown.RootElement.GetProperty("filesDone").GetInt32(), shown.RootElement.GetProperty("errors").GetInt32()));
        Assert.Contains(id, (await _nodes.Gyrus(["job", "list", .. cluster])).Output, StringComparison.Ordinal);
        Assert.Contains("active", (await _nodes.Gyrus(["cluster", "status", .. cluster])).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nodes_on_PostgreSQL_with_a_secret_share_a_job_and_one_that_is_told_to_stop_does()
    {
        Assert.Equal(ExitCode.Success, (await _nodes.Gyrus(["cluster", "secret", _temp.File("secret")])).ExitCode);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_temp.File("secret")));
        Assert.Equal(ExitCode.UserError, (await _nodes.Gyrus(["cluster", "secret", _temp.File("secret")])).ExitCode);
        using var server = new PostgreSqlServer();
        _environment["GYRUS_CLUSTER"] = server.NewDatabase();
        _environment["GYRUS_CLUSTER_SECRET"] = _temp.File("secret");
        await _nodes.StartNode();
        await _nodes.StartNode();

        var id = Assert.Single((await _nodes.Gyrus(["job", "classify", _temp.Path, "--model", _temp.File("model"), "--shard-size", "2", "--detach"])).Lines);
        using var patience = new CancellationTokenSource(NodeProcesses.Hang);
        while (!(await _nodes.Gyrus(["job", "show", id])).Output.Contains(": done", StringComparison.Ordinal)) await Task.Delay(100, patience.Token);
        Assert.Equal(40, (await _nodes.Gyrus(["job", "results", id])).Lines.Length);

        using var terminate = Process.Start("kill", ["-TERM", _nodes.Started[0].Id.ToString(CultureInfo.InvariantCulture)]);
        await _nodes.Started[0].WaitForExitAsync(patience.Token);
        Assert.Equal(ExitCode.Success, _nodes.Started[0].ExitCode);
        Assert.DoesNotContain("node 1", (await _nodes.Gyrus(["cluster", "status"])).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_node_the_next_step_is_told()
    {
        var outcome = await _nodes.Gyrus(["job", "list", "--gateway-port", $"{OrthancServer.FreePort()}"]);
        Assert.Equal(ExitCode.UserError, outcome.ExitCode);
        Assert.Contains("gyrus node", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_another_program_has_is_named()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        int taken = ((IPEndPoint)other.LocalEndpoint).Port;
        var outcome = await _nodes.Gyrus(["node", "--port", $"{taken}", "--gateway-port", $"{OrthancServer.FreePort()}"]);
        Assert.Equal(ExitCode.UserError, outcome.ExitCode);
        Assert.Contains($"{taken}", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("name other ports", outcome.Error, StringComparison.Ordinal);
    }

    /// <summary>Who has one machine pays nothing for clusters.</summary>
    [Theory]
    [InlineData("classify")]
    [InlineData("serve")]
    public async Task On_one_machine_nothing_of_Orleans_is_loaded(string command)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "looks into /proc");
        string[] arguments = command == "classify"
            ? ["classify", "-", "--format", "json", "--model", _temp.File("model")]
            : ["serve", "--urls", "http://127.0.0.1:0", "--model", _temp.File("model"), "--data", _temp.Folder("data")];
        using var process = GyrusProcess.Start(arguments, environment: _environment);
        try
        {
            if (command == "classify")
            {
                await process.StandardInput.WriteLineAsync(_images[0]);
                Assert.Contains("probabilities", await process.StandardOutput.ReadLineAsync(Cancel), StringComparison.Ordinal);
            }
            else
            {
                await NodeProcesses.Line(process.StandardOutput, "listening on");
            }
            var maps = File.ReadAllText($"/proc/{process.Id}/maps");
            Assert.Contains("Gyrus.Inference.dll", maps, StringComparison.Ordinal);
            Assert.DoesNotContain("Orleans", maps, StringComparison.Ordinal);
            Assert.DoesNotContain("Gyrus.Cluster.dll", maps, StringComparison.Ordinal);
        }
        finally
        {
            process.Kill();
        }
    }
}
