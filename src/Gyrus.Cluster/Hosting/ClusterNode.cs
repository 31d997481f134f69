using System.Net;
using System.Net.Sockets;
using Gyrus.Cluster.Connecting;
using Gyrus.Cluster.Jobs;
using Gyrus.Cluster.Work;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Dashboard;
using Orleans.Runtime.MembershipService;
using StackExchange.Redis;

namespace Gyrus.Cluster.Hosting;

/// <summary>A machine as a part of a cluster.</summary>
public static class ClusterNode
{
    /// <summary>A node is taken for dead after three probes of this length, by two of the others: a pause of the garbage collector or of a busy disk is shorter.</summary>
    private static readonly TimeSpan Probe = TimeSpan.FromSeconds(5);

    /// <summary>How long a node tries to reach all the others before it gives up.</summary>
    private static readonly TimeSpan JoinPatience = TimeSpan.FromMinutes(1);

    /// <summary>Starts a node, to be stopped by its host. In a database its tables are made where they are missing.</summary>
    /// <param name="options">How it takes part.</param>
    /// <param name="cancel">Ends the starting.</param>
    /// <exception cref="GyrusException">The store or another node cannot be reached, or the ports are not to be had.</exception>
    public static async Task<IHost> Start(NodeOptions options, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var node = await Build(options);
        try
        {
            await node.StartAsync(cancel);
            return node;
        }
        catch (Exception e) when (!cancel.IsCancellationRequested && Reason(e, options) is { } reason)
        {
            node.Dispose();
            throw new GyrusException(reason, e);
        }
        catch
        {
            node.Dispose();
            throw;
        }
    }

    /// <summary>What a user can do about a node that did not start; null where it is no such thing.</summary>
    private static string? Reason(Exception thrown, NodeOptions options)
    {
        for (Exception? inner = thrown; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                // Kestrel's, which Orleans uses too, and for ports of which it names no address.
                case IOException when options.Http is { } http && inner.Message.Contains(http.Authority, StringComparison.Ordinal):
                    return $"{options.Http}: another program listens there. Name another address.";
                case SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse or SocketError.AddressNotAvailable or SocketError.AccessDenied }:
                    return $"The ports {options.Port} and {options.GatewayPort} of {options.Address ?? "this machine"} cannot be listened on ({inner.Message}). Another program may have them: name other "
                        + "ports. Or the address is none of this machine: name another address.";
                case RedisException:
                    return $"The cluster's store cannot be reached ({inner.Message.TrimEnd('.')}). Start it, or name another.";
                case OrleansClusterConnectivityCheckFailedException:
                    return "The other nodes of the cluster cannot be reached. They may have another secret, or a firewall stands between: their ports have to be open to this machine, and this one's to them. "
                        + "Nodes that were killed are forgotten after half a minute: then start again.";
            }
        }
        return null;
    }

    private static async Task<IHost> Build(NodeOptions options)
    {
        if (options.Store is ClusterStore.PostgreSql(var connection)) await PostgreSqlTables.Make(connection);
        if (options.Http is { } http) return NodePages.Build(http, builder => Add(builder, options));
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        Add(builder, options);
        return builder.Build();
    }

    private static void Add(IHostApplicationBuilder builder, NodeOptions options)
    {
        Log(builder.Logging);
        builder.Services.AddCommon();
        builder.UseOrleans(silo => Configure(silo, options));
        builder.Services.AddSingleton(options.Work);
        builder.Services.AddSingleton(Retries.ForEver);
        builder.Services.AddSingleton(services =>
        {
            var silo = services.GetRequiredService<ILocalSiloDetails>();
            return new NodeName(silo.SiloAddress, silo.Name);
        });
        builder.Services.AddSingleton<ShardFeed>();
        builder.Services.AddSingleton<ShardReports>();
        // After the silo, so that it stops before.
        builder.Services.AddHostedService<NodeWorker>();
        if (options.Work.Isolate is not null) builder.Services.AddHostedService<SuspectWorker>();
    }

    /// <summary>For people on a terminal, one JSON object a line elsewhere.</summary>
    private static void Log(ILoggingBuilder logging)
    {
        if (Console.IsOutputRedirected) logging.AddJsonConsole(console => console.UseUtcTimestamp = true);
        else logging.AddSimpleConsole(console => console.SingleLine = true);
        // Each try to reach a node that is gone is a warning there.
        logging.AddFilter("Orleans", LogLevel.Error).AddFilter("Polly", LogLevel.Error).AddFilter("Microsoft", LogLevel.Warning)
            // A start that fails is told by whoever started it, in a sentence and without a stack.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
    }

    private static void Configure(ISiloBuilder silo, NodeOptions options)
    {
        silo.Configure<SiloOptions>(named => named.SiloName = options.Name ?? Environment.MachineName);
        if (options.Store is not ClusterStore.OfOneNode)
        {
            if (options.Address is { } address) silo.ConfigureEndpoints(AddressOf(address), options.Port, options.GatewayPort, listenOnAnyHostAddress: false);
            else silo.ConfigureEndpoints(options.Port, options.GatewayPort, AddressFamily.InterNetwork);
        }
        silo.UseStore(options.Store, options.Port, options.GatewayPort);
        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            membership.ProbeTimeout = Probe;
            membership.MaxJoinAttemptTime = JoinPatience;
            // Nodes of an earlier run that were killed all together do not hold up the next.
            membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(10);
            membership.DefunctSiloExpiration = TimeSpan.FromDays(1);
            membership.DefunctSiloCleanupPeriod = TimeSpan.FromHours(1);
        });
        if (options.Http is not null) silo.AddDashboard();
        if (options.Secret is { } secret) silo.UseTls(tls => tls.Require(secret));
    }

    private static IPAddress AddressOf(string name)
    {
        try
        {
            return IPAddress.TryParse(name, out var address) ? address : Dns.GetHostAddresses(name).OrderBy(found => found.AddressFamily).First();
        }
        catch (SocketException e)
        {
            throw new GyrusException($"{name}: this name of a machine is not known ({e.Message}). Give an address of this machine.", e);
        }
    }
}
