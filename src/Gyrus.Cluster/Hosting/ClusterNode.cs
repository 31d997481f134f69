using System.Net;
using System.Net.Sockets;
using Gyrus.Cluster.Connecting;
using Gyrus.Cluster.Jobs;
using Gyrus.Cluster.Work;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace Gyrus.Cluster.Hosting;

/// <summary>A machine as a part of a cluster.</summary>
public static class ClusterNode
{
    /// <summary>A node is taken for dead after three probes of this length, by two of the others: a pause of the garbage collector or of a busy disk is shorter.</summary>
    private static readonly TimeSpan Probe = TimeSpan.FromSeconds(5);

    /// <summary>How long a node tries to reach all the others before it gives up.</summary>
    private static readonly TimeSpan JoinPatience = TimeSpan.FromMinutes(1);

    /// <summary>Makes a node, to be started and stopped. In a database its tables are made where they are missing.</summary>
    /// <param name="options">How it takes part.</param>
    /// <exception cref="GyrusException">The store cannot be reached, or has no room for the cluster.</exception>
    public static async Task<IHost> Build(NodeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Store is ClusterStore.PostgreSql(var connection)) await PostgreSqlTables.Make(connection);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
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
        // After the silo, so that it stops before.
        builder.Services.AddHostedService<NodeWorker>();
        return builder.Build();
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
