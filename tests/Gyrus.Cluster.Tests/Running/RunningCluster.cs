using Gyrus.Cluster.Clients;
using Gyrus.Cluster.Connecting;
using Gyrus.Cluster.Hosting;
using Gyrus.Cluster.Jobs;
using Gyrus.Cluster.Work;
using Gyrus.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;

namespace Gyrus.Cluster.Tests.Running;

/// <summary>Nodes in this process, on ports of their own, and a client of theirs.</summary>
public sealed class RunningCluster(ClusterStore store, ClusterSecret? secret = null, Func<IsolatedShard, CancellationToken, Task<IsolatedOutcome>>? isolate = null) : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly List<IHost> _nodes = [];
    private ClusterClient? _client;
    private int _gatewayPort;

    /// <summary>The jobs.</summary>
    public ClusterJobs Jobs => new(_client!);

    /// <summary>The client.</summary>
    public ClusterClient Client => _client!;

    /// <summary>The grains, as a node reaches them.</summary>
    public IGrainFactory Grains => _nodes[0].Services.GetRequiredService<IGrainFactory>();

    /// <summary>Where the nodes keep packages.</summary>
    public string PackageFolder => _folder.Path;

    /// <summary>Starts nodes and, with the first, the client.</summary>
    public static async Task<RunningCluster> Start(
        ClusterStore store, int nodes, ClusterSecret? secret = null, Func<IsolatedShard, CancellationToken, Task<IsolatedOutcome>>? isolate = null)
    {
        var cluster = new RunningCluster(store, secret, isolate);
        for (int node = 0; node < nodes; node++) await cluster.Add();
        return cluster;
    }

    /// <summary>Starts one more node.</summary>
    /// <param name="cancel">Ends the trying.</param>
    public async Task<IHost> Add(CancellationToken cancel = default)
    {
        _gatewayPort = OrthancServer.FreePort();
        var node = await ClusterNode.Start(new NodeOptions(store, new WorkOptions(_folder.Path) { Workers = 1, Isolate = isolate })
        {
            Address = "127.0.0.1",
            Name = $"node {_nodes.Count + 1}",
            Port = OrthancServer.FreePort(),
            GatewayPort = _gatewayPort,
            Secret = secret,
        }, cancel);
        _nodes.Add(node);
        _client ??= await ClusterClient.Connect(store, secret, _gatewayPort, cancel);
        return node;
    }

    /// <summary>Connects another client.</summary>
    public Task<ClusterClient> Connect(ClusterSecret? other) => ClusterClient.Connect(store, other, _gatewayPort);

    /// <summary>Stops all nodes.</summary>
    public async Task StopAll()
    {
        foreach (var node in Enumerable.Reverse(_nodes))
        {
            await node.StopAsync();
            node.Dispose();
        }
        _nodes.Clear();
    }

    /// <summary>Waits for a job's end.</summary>
    public async Task<JobFacts> End(string job)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            var facts = await Jobs.Show(job);
            if (facts.Status is JobStatus.Done or JobStatus.Cancelled) return facts;
            await Task.Delay(100, patience.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is not null) await _client.DisposeAsync();
        await StopAll();
        _folder.Dispose();
    }
}
