using System.CommandLine;
using Gyrus.Cluster;
using Gyrus.Cluster.Connecting;

namespace Gyrus.Cli.Commands.Cluster;

/// <summary>The options that say which cluster.</summary>
internal sealed class ClusterFlags
{
    private const string ClusterVariable = "GYRUS_CLUSTER";
    private const string SecretVariable = "GYRUS_CLUSTER_SECRET";

    // The variable is no default of the option, which help would print with the password in it.
    private readonly Option<string?> _store = new("--cluster")
    {
        Description = "Where the cluster keeps its nodes and jobs: a PostgreSQL connection string ('Host=db;Database=gyrus') or a Redis server ('redis://cache:6379'). The variable "
            + $"{ClusterVariable} says the same, and shows a password to nobody who lists processes. Without it a cluster of one node, on this machine.",
        HelpName = "TEXT",
    };

    private readonly Option<string?> _secret = new("--secret")
    {
        Description = $"File of the cluster's secret, which all its machines have: they encrypt what they say, and refuse who has another. The variable {SecretVariable} names it too.",
        HelpName = "FILE",
    };

    private readonly Option<int> _gatewayPort = new("--gateway-port")
    {
        Description = "Port on which a node hears what 'gyrus job' says.",
        HelpName = "PORT",
        DefaultValueFactory = _ => ClusterClient.DefaultGatewayPort,
    };

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="ofOneNode">Whether a cluster of one node will do, which is found by its port.</param>
    public void AddTo(Command command, bool ofOneNode = true)
    {
        command.Options.Add(_store);
        command.Options.Add(_secret);
        if (ofOneNode) command.Options.Add(_gatewayPort);
    }

    /// <summary>Whether a cluster is named.</summary>
    public bool AreGiven(ParseResult parsed) => Text(parsed) is not null;

    /// <summary>The cluster.</summary>
    public ClusterStore Store(ParseResult parsed) => ClusterStore.Parse(Text(parsed));

    /// <summary>Its secret; null where none is named.</summary>
    public ClusterSecret? Secret(ParseResult parsed) => (parsed.GetValue(_secret) ?? FromEnvironment(SecretVariable)) is { } file ? ClusterSecret.Read(file) : null;

    /// <summary>The port of clients.</summary>
    public int GatewayPort(ParseResult parsed) => parsed.GetValue(_gatewayPort);

    /// <summary>Connects to it.</summary>
    /// <exception cref="GyrusException">No node answers.</exception>
    public async Task<ClusterClient> Connect(ParseResult parsed, CancellationToken cancellation)
    {
        var (store, secret) = (Store(parsed), Secret(parsed));
        try
        {
            return await ClusterClient.Connect(store, secret, GatewayPort(parsed), cancellation);
        }
        catch (GyrusException e)
        {
            throw new GyrusException(e.Message + " 'gyrus node --help' shows how; --cluster and --secret are to be those of the nodes.", e);
        }
    }

    private string? Text(ParseResult parsed) => parsed.GetValue(_store) ?? FromEnvironment(ClusterVariable);

    private static string? FromEnvironment(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? text : null;
}
