using System.CommandLine;
using Gyrus.Cli.Commands.Classify;
using Gyrus.Cli.Commands.Serve;
using Gyrus.Cli.Terminal;
using Gyrus.Cluster;
using Gyrus.Cluster.Hosting;
using Gyrus.Cluster.Work;
using Microsoft.Extensions.Hosting;

namespace Gyrus.Cli.Commands.Cluster;

/// <summary><c>gyrus node</c>.</summary>
internal static class NodeCommand
{
    /// <summary>The command's name.</summary>
    public const string Name = "node";

    public static Command Create()
    {
        var address = new Option<string?>("--address")
        {
            Description = "Address of this machine under which the others reach it; that of its name if not given.",
            HelpName = "ADDRESS",
        };
        var port = new Option<int>("--port")
        {
            Description = "Port on which the nodes talk to each other.",
            HelpName = "PORT",
            DefaultValueFactory = _ => NodeOptions.DefaultPort,
        };
        var name = new Option<string?>("--name") { Description = "Name of this node, for people; the machine's if not given.", HelpName = "NAME" };
        var workers = new Option<int>("--workers")
        {
            Description = "Threads that classify; 0, the default, for as many as there are cores.",
            HelpName = "N",
        };
        var http = new Option<Uri?>("--http")
        {
            Description = "Where the node answers over HTTP: /health, /metrics for Prometheus, and to this machine alone /dashboard, which is Orleans's own; nowhere if not given.",
            HelpName = "URL",
            CustomParser = result =>
            {
                if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var given) && given.Scheme == Uri.UriSchemeHttp) return given;
                result.AddError($"--http {result.Tokens[0].Value}: give an address to listen on, such as http://127.0.0.1:8090.");
                return null;
            },
        };
        var cluster = new ClusterFlags();
        var command = new Command(
            Name,
            "Makes this machine one of a cluster, which works on what 'gyrus job' asks. Where it is stopped (Ctrl+C, SIGTERM) it gives back what it has not done; where it is killed "
            + "the others find out within half a minute. All nodes and whoever begins jobs are to be of one version of gyrus.")
        {
            address, port, name, workers, http,
        };
        cluster.AddTo(command);
        command.AddExamples(
            "gyrus node",
            "gyrus cluster secret cluster.secret",
            "gyrus node --cluster 'Host=db.example;Database=gyrus;Username=gyrus' --secret cluster.secret",
            "gyrus node --cluster redis://cache.example:6379 --address 10.0.0.7",
            "gyrus node --http http://127.0.0.1:8090",
            "gyrus job classify /archive");
        command.SetAction(async (parsed, cancellation) =>
        {
            var work = new WorkOptions(UserCache.Folder("packages")) { Workers = parsed.GetValue(workers), GraphFolder = GraphCache.Folder(), Isolate = ShardProcess.Run };
            var options = new NodeOptions(cluster.Store(parsed), work)
            {
                Address = parsed.GetValue(address),
                Port = parsed.GetValue(port),
                GatewayPort = cluster.GatewayPort(parsed),
                Name = parsed.GetValue(name),
                Http = parsed.GetValue(http),
                Secret = cluster.Secret(parsed),
            };
            using var node = await ClusterNode.Start(options, cancellation);
            if (options.Secret is null && options.Store is not ClusterStore.OfOneNode)
                StartNotes.Say(node.Services, "no --secret: who reaches these ports can give this machine work. See gyrus cluster secret --help.");
            StartNotes.Say(node.Services, $"node {options.Name ?? Environment.MachineName} takes part");
            // Also where the cluster counts this node as gone, and it ends by itself.
            await node.WaitForShutdownAsync(cancellation);
            return ExitCode.Success;
        });
        return command;
    }
}
