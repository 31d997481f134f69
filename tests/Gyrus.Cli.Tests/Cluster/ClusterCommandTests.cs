using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gyrus.Cli.Terminal;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Gyrus.Testing.PostgreSql;
using Xunit;

namespace Gyrus.Cli.Tests.Cluster;

/// <summary>Nodes and what gives them work, as processes of their own.</summary>
public sealed class ClusterCommandTests : IDisposable
{
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(2);

    private readonly TempFolder _temp = new();
    private readonly List<Process> _nodes = [];
    private readonly Dictionary<string, string> _environment;
    private readonly string[] _images;

    public ClusterCommandTests()
    {
        ColourModel.Write(_temp.File("model"));
        _images = [.. Enumerable.Range(0, 40).Select(number => TestImage.WriteNoise(_temp.File($"{number:00}.png"), 30, 30, number))];
        File.WriteAllText(_images[5], "no image");
        _environment = new() { ["GYRUS_CACHE"] = _temp.File("cache") };
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        foreach (var node in _nodes)
        {
            node.Kill();
            node.WaitForExit();
            node.Dispose();
        }
        _temp.Dispose();
    }

    [Fact]
    public async Task A_laptop_is_a_cluster_of_one_whose_results_are_those_of_classify()
    {
        int gateway = await StartNode();
        string[] cluster = ["--gateway-port", $"{gateway}"];

        var job = await Gyrus(["job", "classify", _temp.Path, "--model", _temp.File("model"), "--shard-size", "7", "--out", _temp.File("results"), .. cluster]);
        Assert.Equal(ExitCode.SomeUnreadable, job.ExitCode);
        var id = Assert.Single(job.Lines);
        await Gyrus(["classify", _temp.Path, "--level", "slice", "--model", _temp.File("model"), "--out", _temp.File("one.jsonl")]);
        var expected = File.ReadAllText(_temp.File("one.jsonl"));
        Assert.Equal(40, expected.Count(c => c == '\n'));
        Assert.Equal(expected, File.ReadAllText(_temp.File("results/answers.jsonl")));
        Assert.Equal(expected, (await Gyrus(["job", "results", id, .. cluster])).Output);

        Assert.Equal(ExitCode.SomeUnreadable, (await Gyrus(["job", "results", id, "--out", _temp.File("results"), "--format", "parquet", .. cluster])).ExitCode);
        Assert.Equal("PAR1"u8, File.ReadAllBytes(_temp.File("results/answers.parquet")).AsSpan(0, 4));

        using var shown = JsonDocument.Parse((await Gyrus(["job", "show", id, "--format", "json", .. cluster])).Output);
        Assert.Equal(("done", 40, 1), (shown.RootElement.GetProperty("status").GetString(), shown.RootElement.GetProperty("filesDone").GetInt32(), shown.RootElement.GetProperty("errors").GetInt32()));
        Assert.Contains(id, (await Gyrus(["job", "list", .. cluster])).Output, StringComparison.Ordinal);
        Assert.Contains("active", (await Gyrus(["cluster", "status", .. cluster])).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nodes_on_PostgreSQL_with_a_secret_share_a_job_and_one_that_is_told_to_stop_does()
    {
        Assert.Equal(ExitCode.Success, (await Gyrus(["cluster", "secret", _temp.File("secret")])).ExitCode);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_temp.File("secret")));
        Assert.Equal(ExitCode.UserError, (await Gyrus(["cluster", "secret", _temp.File("secret")])).ExitCode);
        using var server = new PostgreSqlServer();
        _environment["GYRUS_CLUSTER"] = server.NewDatabase();
        _environment["GYRUS_CLUSTER_SECRET"] = _temp.File("secret");
        await StartNode();
        await StartNode();

        var id = Assert.Single((await Gyrus(["job", "classify", _temp.Path, "--model", _temp.File("model"), "--shard-size", "2", "--detach"])).Lines);
        using var patience = new CancellationTokenSource(Hang);
        while (!(await Gyrus(["job", "show", id])).Output.Contains(": done", StringComparison.Ordinal)) await Task.Delay(100, patience.Token);
        Assert.Equal(40, (await Gyrus(["job", "results", id])).Lines.Length);

        using var terminate = Process.Start("kill", ["-TERM", _nodes[0].Id.ToString(CultureInfo.InvariantCulture)]);
        await _nodes[0].WaitForExitAsync(patience.Token);
        Assert.Equal(ExitCode.Success, _nodes[0].ExitCode);
        Assert.DoesNotContain("node 1", (await Gyrus(["cluster", "status"])).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replicas_of_a_service_share_the_limit_of_a_key()
    {
        using var server = new PostgreSqlServer();
        _environment["GYRUS_CLUSTER"] = _environment["GYRUS_DATABASE"] = server.NewDatabase();
        await StartNode();
        var key = (await Gyrus(["keys", "add", "radiology", "--per-minute", "6"])).Output.Trim();
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Add("x-api-key", key);
        string[] replicas = [await StartService(), await StartService()];
        var statuses = new List<HttpStatusCode>();
        for (int request = 0; request < 12; request++) statuses.Add((await client.GetAsync(new Uri($"{replicas[request % 2]}/v1/model"), Cancel)).StatusCode);

        Assert.Equal(6, statuses.Count(status => status == HttpStatusCode.OK));
        Assert.Equal(6, statuses.Count(status => status == HttpStatusCode.TooManyRequests));
    }

    [Fact]
    public async Task What_a_replica_has_no_room_for_another_answers_in_the_same_words()
    {
        using var server = new PostgreSqlServer();
        _environment["GYRUS_CLUSTER"] = _environment["GYRUS_DATABASE"] = server.NewDatabase();
        await StartNode();
        var full = await StartService("--queue", "1", "--workers", "1");
        var other = await StartService();
        using var client = new HttpClient();
        var expected = await Words(await Classify(client, other));

        using var patience = new CancellationTokenSource(Hang);
        do await Burst(client, full, 8);
        while (await Shared(client, full, "out") == 0 && !patience.IsCancellationRequested);
        var answers = await Burst(client, full, 16);

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        foreach (var answer in answers) Assert.Equal(expected, await Words(answer));
        int shared = await Shared(client, full, "out");
        Assert.True(shared > 0);
        Assert.Equal(shared, await Shared(client, other, "in"));
    }

    [Fact]
    public async Task A_replica_that_is_told_to_stop_hands_its_queue_over()
    {
        using var server = new PostgreSqlServer();
        _environment["GYRUS_CLUSTER"] = _environment["GYRUS_DATABASE"] = server.NewDatabase();
        await StartNode();
        await StartNode();
        var other = await StartService();
        var ending = await StartService("--workers", "1", "--batch", "1");
        using var client = new HttpClient();
        var expected = await Words(await Classify(client, other));
        // Until each has heard of the other.
        await Task.Delay(TimeSpan.FromSeconds(3), Cancel);

        var waiting = Burst(client, ending, 32);
        using var patience = new CancellationTokenSource(Hang);
        while (await Metric(client, ending, "gyrus_queue_length") < 16) await Task.Delay(20, patience.Token);
        using var terminate = Process.Start("kill", ["-TERM", _nodes[^1].Id.ToString(CultureInfo.InvariantCulture)]);
        var answers = await waiting;

        foreach (var answer in answers) Assert.Equal(expected, await Words(answer));
        Assert.True(await Shared(client, other, "in") > 0);
        await _nodes[^1].WaitForExitAsync(patience.Token);
        Assert.Equal(ExitCode.Success, _nodes[^1].ExitCode);
    }

    [Fact]
    public async Task A_replica_that_is_killed_leaves_no_caller_without_an_answer()
    {
        using var server = new PostgreSqlServer();
        _environment["GYRUS_CLUSTER"] = _environment["GYRUS_DATABASE"] = server.NewDatabase();
        await StartNode();
        var full = await StartService("--queue", "1", "--workers", "1");
        await StartService("--workers", "1");
        using var client = new HttpClient();
        using var patience = new CancellationTokenSource(Hang);
        do await Burst(client, full, 8);
        while (await Shared(client, full, "out") == 0 && !patience.IsCancellationRequested);

        var asked = Burst(client, full, 16);
        await Task.Delay(300, Cancel);
        _nodes[^1].Kill();

        Assert.All(await asked.WaitAsync(patience.Token), answer => Assert.Contains(answer.StatusCode, (HttpStatusCode[])[HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable]));
        Assert.Equal(HttpStatusCode.OK, (await Classify(client, full)).StatusCode);
    }

    [Fact]
    public async Task Without_a_node_the_next_step_is_told()
    {
        var outcome = await Gyrus(["job", "list", "--gateway-port", $"{OrthancServer.FreePort()}"]);
        Assert.Equal(ExitCode.UserError, outcome.ExitCode);
        Assert.Contains("gyrus node", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_another_program_has_is_named()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        int taken = ((IPEndPoint)other.LocalEndpoint).Port;
        var outcome = await Gyrus(["node", "--port", $"{taken}", "--gateway-port", $"{OrthancServer.FreePort()}"]);
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
                await Line(process.StandardOutput, "listening on");
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

    private async Task<string> StartService(params string[] options)
    {
        string url = $"http://127.0.0.1:{OrthancServer.FreePort()}";
        var service = GyrusProcess.Start(["serve", "--urls", url, "--model", _temp.File("model"), "--data", _temp.Folder("data"), .. options], environment: _environment);
        _nodes.Add(service);
        await Line(service.StandardOutput, "listening on", service.StandardError.ReadToEndAsync(Cancel));
        _ = service.StandardOutput.ReadToEndAsync(Cancel);
        return url;
    }

    private async Task<HttpResponseMessage[]> Burst(HttpClient client, string service, int count) =>
        await Task.WhenAll(Enumerable.Range(0, count).Select(_ => Classify(client, service)));

    /// <summary>Has an image classified that takes long to read, and none to send.</summary>
    private Task<HttpResponseMessage> Classify(HttpClient client, string service)
    {
        var image = _temp.File("large.png");
        if (!File.Exists(image)) TestImage.Write(image, 255, 0, 0, 4000, 3000);
        return client.PostAsync(new Uri($"{service}/v1/classify"), new ByteArrayContent(File.ReadAllBytes(image)) { Headers = { ContentType = new("image/png") } }, Cancel);
    }

    /// <summary>An answer without its identifier, which is its own.</summary>
    private static async Task<string> Words(HttpResponseMessage answer)
    {
        var json = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!.AsObject();
        Assert.True(json.Remove("id"), $"{answer.StatusCode}: {json}");
        return json.ToJsonString();
    }

    private static Task<int> Shared(HttpClient client, string service, string direction) => Metric(client, service, "gyrus_images_shared_total", $"direction=\"{direction}\"");

    private static async Task<int> Metric(HttpClient client, string service, string name, string tag = "")
    {
        var text = await client.GetStringAsync(new Uri($"{service}/metrics"), Cancel);
        var line = text.Split('\n').FirstOrDefault(line => line.StartsWith(name + "{", StringComparison.Ordinal) && line.Contains(tag, StringComparison.Ordinal));
        return line is null ? 0 : int.Parse(line.Split("} ")[1].Split(' ')[0], CultureInfo.InvariantCulture);
    }

    private async Task<int> StartNode()
    {
        int gateway = OrthancServer.FreePort();
        string[] place = _environment.ContainsKey("GYRUS_CLUSTER") ? ["--address", "127.0.0.1"] : [];
        var node = GyrusProcess.Start(
            ["node", "--port", $"{OrthancServer.FreePort()}", "--gateway-port", gateway.ToString(CultureInfo.InvariantCulture), "--name", $"node {_nodes.Count + 1}", "--workers", "1", .. place],
            environment: _environment);
        _nodes.Add(node);
        await Line(node.StandardOutput, "takes part", node.StandardError.ReadToEndAsync(Cancel));
        _ = node.StandardOutput.ReadToEndAsync(Cancel);
        return gateway;
    }

    private static async Task Line(StreamReader output, string words, Task<string>? error = null)
    {
        using var patience = new CancellationTokenSource(Hang);
        while (true)
        {
            var line = await output.ReadLineAsync(patience.Token);
            if (line is null) Assert.Fail($"it ended without saying '{words}': {(error is null ? "" : await error)}");
            if (line.Contains(words, StringComparison.Ordinal)) return;
        }
    }

    private Task<Outcome> Gyrus(string[] arguments) => GyrusProcess.Run(arguments, Cancel, environment: _environment);
}
