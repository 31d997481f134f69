using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gyrus.Cluster.Connecting;

/// <summary>A connection to a cluster from a machine that is none of its nodes.</summary>
public sealed class ClusterClient : IAsyncDisposable
{
    /// <summary>The port of a node for clients.</summary>
    public const int DefaultGatewayPort = 30000;

    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(20);

    private readonly IHost _host;

    private readonly IClusterClient _grains;

    private ClusterClient(IHost host) => (_host, _grains) = (host, host.Services.GetRequiredService<IClusterClient>());

    /// <summary>Asks the cluster, again where a node that was to answer is lost.</summary>
    /// <param name="what">What is asked; it may be asked twice.</param>
    /// <param name="cancel">Ends the asking.</param>
    /// <exception cref="GyrusException">The cluster does not answer, or says what is wrong.</exception>
    public async Task<T> Ask<T>(Func<IGrainFactory, Task<T>> what, CancellationToken cancel = default)
    {
        try
        {
            return await Retries.ForAWhile.ExecuteAsync(async _ => await what(_grains), cancel);
        }
        catch (Exception e) when (e is not (GyrusException or OperationCanceledException))
        {
            throw new GyrusException($"The cluster does not answer ({e.Message.TrimEnd('.')}). Look at its nodes and at its store, and ask again: what is begun goes on.", e);
        }
    }

    /// <summary>Connects.</summary>
    /// <param name="store">The cluster.</param>
    /// <param name="secret">Its secret; null where it has none.</param>
    /// <param name="gatewayPort">The node's port, of a cluster of one.</param>
    /// <param name="cancel">Ends the trying.</param>
    /// <exception cref="GyrusException">No node answers, or the store cannot be reached.</exception>
    public static async Task<ClusterClient> Connect(
        ClusterStore store, ClusterSecret? secret = null, int gatewayPort = DefaultGatewayPort, CancellationToken cancel = default)
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
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(ConnectPatience);
        try
        {
            await host.StartAsync(patience.Token);
            return new ClusterClient(host);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            host.Dispose();
            throw new GyrusException(secret is null
                ? "No node of this cluster answers. Start one, with the same store; where the nodes have a secret, name it."
                : "No node of this cluster answers to this secret. Start one, with the same store and secret.", e);
        }
    }

    /// <summary>Asks the cluster, without trying again.</summary>
    /// <param name="what">What is asked.</param>
    public Task<T> AskOnce<T>(Func<IGrainFactory, Task<T>> what)
    {
        ArgumentNullException.ThrowIfNull(what);
        return what(_grains);
    }

    /// <summary>As <see cref="Ask"/>, of what gives no answer.</summary>
    /// <param name="what">What is told.</param>
    /// <param name="cancel">Ends the telling.</param>
    /// <exception cref="GyrusException">The cluster does not answer, or says what is wrong.</exception>
    public Task Tell(Func<IGrainFactory, Task> what, CancellationToken cancel = default) => Ask(
        async grains =>
        {
            await what(grains);
            return true;
        },
        cancel);

    /// <summary>Disconnects.</summary>
    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
