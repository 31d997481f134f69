using System.Net;
using System.Net.Sockets;
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

    /// <summary>Makes a node, to be started and stopped. In a database its tables are made where they are missing.</summary>
    /// <param name="options">How it takes part.</param>
    /// <exception cref="GyrusException">The store cannot be reached, or has no room for the cluster.</exception>
    public static async Task<IHost> Build(NodeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Store is ClusterStore.PostgreSql(var connection)) await PostgreSqlTables.Make(connection);
        // No files of settings, and no other logs than warnings: what a node does is said by its jobs.
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning);
        builder.Logging.AddFilter(typeof(ClusterNode).Namespace!.Split('.')[0], LogLevel.Information);
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddCommon();
        builder.UseOrleans(silo => Configure(silo, options));
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(Retries.Until(TimeSpan.FromSeconds(10)));
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

    private static void Configure(ISiloBuilder silo, NodeOptions options)
    {
        silo.Configure<SiloOptions>(named => named.SiloName = options.Name ?? Environment.MachineName);
        if (options.Store is not ClusterStore.OfOneNode)
        {
            if (options.Address is { } address) silo.ConfigureEndpoints(AddressOf(address), options.Port, options.GatewayPort, listenOnAnyHostAddress: false);
            else silo.ConfigureEndpoints(options.Port, options.GatewayPort, AddressFamily.InterNetwork);
        }
        silo.UseStore(options);
        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            membership.ProbeTimeout = Probe;
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
