using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gyrus.Cluster.Hosting;

/// <summary>A connection to a cluster from a machine that is none of its nodes.</summary>
public sealed class ClusterClient : IAsyncDisposable
{
    private readonly IHost _host;

    private ClusterClient(IHost host) => _host = host;

    /// <summary>The cluster's grains.</summary>
    public IClusterClient Grains => _host.Services.GetRequiredService<IClusterClient>();

    /// <summary>Connects.</summary>
    /// <param name="store">The cluster.</param>
    /// <param name="secret">Its secret; null where it has none.</param>
    /// <param name="gatewayPort">The node's port, of a cluster of one.</param>
    /// <param name="cancel">Ends the trying.</param>
    /// <exception cref="GyrusException">No node answers, or the store cannot be reached.</exception>
    public static async Task<ClusterClient> Connect(
        ClusterStore store, ClusterSecret? secret = null, int gatewayPort = NodeOptions.DefaultGatewayPort, CancellationToken cancel = default)
    {
        if (store is ClusterStore.PostgreSql(var connection)) await PostgreSqlTables.Make(connection);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddCommon();
        builder.UseOrleansClient(client =>
        {
            client.UseStore(store, gatewayPort);
            if (secret is not null) client.UseTls(tls => tls.Require(secret));
        });
        var host = builder.Build();
        try
        {
            await host.StartAsync(cancel);
            return new ClusterClient(host);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            host.Dispose();
            throw new GyrusException(secret is null
                ? "No node of this cluster answers. Start one with 'gyrus node', with the same --cluster; where the nodes have a secret, name it with --secret."
                : "No node of this cluster answers to this secret. Start one with 'gyrus node', with the same --cluster and --secret.", e);
        }
    }

    /// <summary>Disconnects.</summary>
    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
