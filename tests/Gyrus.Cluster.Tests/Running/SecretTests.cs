using Gyrus.Cluster.Clients;
using Gyrus.Cluster.Connecting;
using Gyrus.Testing;
using Gyrus.Testing.PostgreSql;
using Xunit;

namespace Gyrus.Cluster.Tests.Running;

public sealed class SecretTests(PostgreSqlServer server) : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task NodesAndClientsWithTheSecretAreACluster()
    {
        await using var cluster = await RunningCluster.Start(new ClusterStore.PostgreSql(server.NewDatabase()), nodes: 2, Secret("one"));
        Assert.Equal(["active", "active"], (await ClusterMachine.List(cluster.Client)).Select(machine => machine.Status));
    }

    [Fact]
    public async Task AClientWithAnotherOrWithoutIsRefused()
    {
        await using var cluster = await RunningCluster.Start(new ClusterStore.PostgreSql(server.NewDatabase()), nodes: 1, Secret("one"));
        var error = await Assert.ThrowsAsync<GyrusException>(() => cluster.Connect(Secret("other")));
        Assert.Contains("secret", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<GyrusException>(() => cluster.Connect(null));
    }

    [Fact]
    public async Task ANodeWithAnotherDoesNotTakePart()
    {
        var store = new ClusterStore.PostgreSql(server.NewDatabase());
        await using var cluster = await RunningCluster.Start(store, nodes: 1, Secret("one"));
        await using var stranger = new RunningCluster(store, Secret("other"));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        await Assert.ThrowsAnyAsync<Exception>(() => stranger.Add(patience.Token));
        Assert.Equal("node 1", Assert.Single(await ClusterMachine.List(cluster.Client), machine => machine.Status == "active").Name);
    }

    private ClusterSecret Secret(string name)
    {
        var path = _folder.File(name);
        if (!File.Exists(path)) File.WriteAllText(path, ClusterSecret.Make());
        return ClusterSecret.Read(path);
    }
}
