using System.Net;
using Gyrus.Cluster.Clients;
using Gyrus.Cluster.Connecting;
using Gyrus.Cluster.Hosting;
using Gyrus.Cluster.Jobs;
using Gyrus.Cluster.Work;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Cluster.Tests.Running;

/// <summary>What a node answers over HTTP.</summary>
public sealed class NodePagesTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Uri _address = new($"http://127.0.0.1:{OrthancServer.FreePort()}");
    private readonly int _gatewayPort = OrthancServer.FreePort();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private NodeOptions Options => new(new ClusterStore.OfOneNode(), new WorkOptions(_folder.Path)) { Port = OrthancServer.FreePort(), GatewayPort = _gatewayPort, Http = _address };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task HealthAndWaitingShardsAreThereForAllAndTheDashboardForThisMachine()
    {
        using var node = await ClusterNode.Start(Options, Cancel);
        await using var client = await ClusterClient.Connect(new ClusterStore.OfOneNode(), gatewayPort: _gatewayPort, cancel: Cancel);
        // Of another version, so that its shards wait.
        await new ClusterJobs(client).Begin(
            "job", new JobRequest("none", "0.0.1", "", new AnswerOptions(), "", DateTimeOffset.UnixEpoch), [["/a"], ["/b"], ["/c"]], new ShardCut(1), cancel: Cancel);
        using var http = new HttpClient { BaseAddress = _address };

        Assert.Equal("healthy\n", await http.GetStringAsync(new Uri("/health", UriKind.Relative), Cancel));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!(await http.GetStringAsync(new Uri("/metrics", UriKind.Relative), Cancel)).Split('\n').Any(line => line.StartsWith("gyrus_cluster_shards_waiting{", StringComparison.Ordinal) && line.EndsWith(" 3", StringComparison.Ordinal)))
            await Task.Delay(200, patience.Token);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (await Dashboard(http, "localhost"), await Dashboard(http, "10.0.0.7"), await Dashboard(http, "elsewhere.example")));
        await node.StopAsync(Cancel);
    }

    [Fact]
    public async Task AnAddressThatIsTakenIsNamed()
    {
        using var first = await ClusterNode.Start(Options, Cancel);
        var error = await Assert.ThrowsAsync<GyrusException>(() => ClusterNode.Start(Options with { GatewayPort = OrthancServer.FreePort() }, Cancel));
        Assert.Contains(_address.Authority, error.Message, StringComparison.Ordinal);
        await first.StopAsync(Cancel);
    }

    private static async Task<HttpStatusCode> Dashboard(HttpClient http, string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/dashboard/", UriKind.Relative)) { Headers = { Host = host } };
        using var answer = await http.SendAsync(request, Cancel);
        return answer.StatusCode;
    }
}
