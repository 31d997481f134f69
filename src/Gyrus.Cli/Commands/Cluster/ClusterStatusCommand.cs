using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Gyrus.Cli.Terminal;
using Gyrus.Cluster.Clients;
using Gyrus.Cluster.Jobs;

namespace Gyrus.Cli.Commands.Cluster;

/// <summary><c>gyrus cluster status</c>.</summary>
internal static class ClusterStatusCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static Command Create()
    {
        var format = FormatOption.Create();
        var cluster = new ClusterFlags();
        var command = new Command("status", "Shows the nodes of a cluster, and how many shards of jobs each has in hand.") { format };
        cluster.AddTo(command);
        command.AddExamples("gyrus cluster status", "gyrus cluster status --cluster 'Host=db;Database=gyrus' --format json");
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var client = await cluster.Connect(parsed, cancellation);
            var members = await ClusterMachine.List(client);
            var jobs = await new ClusterJobs(client).List();
            var open = jobs.Where(job => job.Status is JobStatus.Planning or JobStatus.Running).ToList();
            var inHand = open.SelectMany(job => job.Nodes).GroupBy(pair => pair.Key).ToDictionary(node => node.Key, node => node.Sum(pair => pair.Value));
            if (parsed.GetValue(format) == OutputFormat.Json)
            {
                Console.Out.WriteLine(JsonSerializer.Serialize(
                    new
                    {
                        nodes = members.Select(member => new { member.Name, member.Address, member.Status, member.Started, shards = inHand.GetValueOrDefault(member.Name) }),
                        jobs = open.Select(job => new { job.Id, job.FilesPerSecond, job.FilesDone, job.Files }),
                    },
                    Json));
                return ExitCode.Success;
            }
            Console.Out.WriteLine($"{"node",-24}  {"address",-21}  {"status",-12}  {"started",-16}  shards in hand");
            foreach (var member in members)
            {
                Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{member.Name,-24}  {member.Address,-21}  {member.Status,-12}  {member.Started:yyyy-MM-dd HH:mm}  {inHand.GetValueOrDefault(member.Name)}"));
            }
            if (open.Count == 0) Console.Out.WriteLine("no job has work");
            foreach (var job in open)
                Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"job {job.Id}: {job.FilesDone} of {job.Files} {JobText.Items(job)}, {job.FilesPerSecond:0.0} a second"));
            return ExitCode.Success;
        });
        return command;
    }
}
