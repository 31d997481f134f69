using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Gyrus.Cli.Terminal;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Gyrus.Testing.PostgreSql;
using Xunit;

namespace Gyrus.Cli.Tests.Cluster;

/// <summary>Replicas of a service that share by a cluster, as processes of their own.</summary>
public sealed class ReplicaTests : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly Dictionary<string, string> _environment;
    private readonly NodeProcesses _nodes;

    public ReplicaTests()
    {
        ColourModel.Write(_temp.File("model"));
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
    public async Task Replicas_of_a_service_share_the_limit_of_a_key()
    {
        using var server = new PostgreSqlServer();
        _environment["GYRUS_CLUSTER"] = _environment["GYRUS_DATABASE"] = server.NewDatabase();
        await _nodes.StartNode();
        var key = (await _nodes.Gyrus(["keys", "add", "radiology", "--per-minute", "6"])).Output.Trim();
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
        await _nodes.StartNode();
        var full = await StartService("--queue", "1", "--workers", "1");
        var other = await StartService();
        using var client = new HttpClient();
        var expected = await Words(await Classify(client, other));

        var answers = await UntilShared(client, full, 16);

        // On a busy machine the cluster may be late, and the replica then does as one that is alone.
        Assert.All(answers, answer => Assert.Contains(answer.StatusCode, (HttpStatusCode[])[HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable]));
        foreach (var answer in answers.Where(answer => answer.IsSuccessStatusCode)) Assert.Equal(expected, await Words(answer));
        Assert.True(await Shared(client, other, "in") > 0);
    }

    [Fact]
    public async Task A_replica_that_is_told_to_stop_hands_its_queue_over()
    {
        using var server = new PostgreSqlServer();
        _environment["GYRUS_CLUSTER"] = _environment["GYRUS_DATABASE"] = server.NewDatabase();
        await _nodes.StartNode();
        await _nodes.StartNode();
        var other = await StartService();
        var ending = await StartService("--workers", "1", "--batch", "1", "--queue", "16");
        using var client = new HttpClient();
        var expected = await Words(await Classify(client, other));
        await UntilShared(client, ending, 24);
        int before = await Shared(client, other, "in");

        // Again where all are answered before it is seen that some wait.
        List<Task<HttpResponseMessage[]>> bursts = [];
        using var patience = new CancellationTokenSource(NodeProcesses.Hang);
        do
        {
            if (bursts is [] || bursts[^1].IsCompleted) bursts.Add(Burst(client, ending, 16));
            await Task.Delay(20, patience.Token);
        }
        while (await Metric(client, ending, "gyrus_queue_length") < 12);
        using var terminate = Process.Start("kill", ["-TERM", _nodes.Started[^1].Id.ToString(CultureInfo.InvariantCulture)]);
        var answers = await Task.WhenAll(bursts);

        foreach (var answer in answers.SelectMany(burst => burst)) Assert.Equal(expected, await Words(answer));
        Assert.True(await Shared(client, other, "in") > before);
        await _nodes.Started[^1].WaitForExitAsync(patience.Token);
        Assert.Equal(ExitCode.Success, _nodes.Started[^1].ExitCode);
    }

    [Fact]
    public async Task A_replica_that_is_killed_leaves_no_caller_without_an_answer()
    {
        using var server = new PostgreSqlServer();
        _environment["GYRUS_CLUSTER"] = _environment["GYRUS_DATABASE"] = server.NewDatabase();
        await _nodes.StartNode();
        var full = await StartService("--queue", "1", "--workers", "1");
        await StartService("--workers", "1");
        using var client = new HttpClient();
        await UntilShared(client, full, 8);

        var asked = Burst(client, full, 16);
        await Task.Delay(300, Cancel);
        _nodes.Started[^1].Kill();

        Assert.All(await asked, answer => Assert.Contains(answer.StatusCode, (HttpStatusCode[])[HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable]));
        Assert.Equal(HttpStatusCode.OK, (await Classify(client, full)).StatusCode);
    }

    private async Task<string> StartService(params string[] options)
    {
        string url = $"http://127.0.0.1:{OrthancServer.FreePort()}";
        await _nodes.Start("listening on", ["serve", "--urls", url, "--model", _temp.File("model"), "--data", _temp.Folder("data"), .. options]);
        return url;
    }

    private async Task<HttpResponseMessage[]> Burst(HttpClient client, string service, int count) =>
        await Task.WhenAll(Enumerable.Range(0, count).Select(_ => Classify(client, service)));

    /// <summary>Asks for more than a replica has room for, until another answers some of it.</summary>
    /// <returns>The answers to what was asked last.</returns>
    private async Task<HttpResponseMessage[]> UntilShared(HttpClient client, string service, int count)
    {
        for (int burst = 0; burst < 50; burst++)
        {
            var answers = await Burst(client, service, count);
            if (await Shared(client, service, "out") > 0) return answers;
        }
        throw new TimeoutException("No replica answered for another.");
    }

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
}
