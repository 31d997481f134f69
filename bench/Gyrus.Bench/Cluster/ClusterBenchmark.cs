using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Gyrus.Cluster;
using Gyrus.Cluster.Clients;
using Gyrus.Cluster.Connecting;
using Gyrus.Cluster.Hosting;
using Gyrus.Cluster.Jobs;
using Gyrus.Cluster.Work;
using Microsoft.Extensions.Hosting;

namespace Gyrus.Bench.Cluster;

/// <summary>
/// What a cluster itself costs: nodes that wait instead of computing, as many as memory holds, all in this process. Says how long a job takes to plan, and how many shards a second its
/// coordinator and the store sustain.
/// </summary>
internal static class ClusterBenchmark
{
    private const string Usage = "cluster STORE [nodes, 10] [shards, 10000] [files a shard, 1] [milliseconds a shard, 0] [workers a node, 4]";

    public static async Task<int> Run(string[] args)
    {
        if (args.Length is 0 or > 6)
        {
            await Console.Error.WriteLineAsync($"usage: {Usage}\nSTORE: a PostgreSQL connection string, redis://HOST:PORT, or '' for the memory of one node");
            return 2;
        }
        int Number(int place, int otherwise) => args.Length > place ? int.Parse(args[place], CultureInfo.InvariantCulture) : otherwise;
        var store = ClusterStore.Parse(args[0]);
        int nodes = Number(1, 10), shards = Number(2, 10_000), files = Number(3, 1), wait = Number(4, 0), workers = Number(5, 4);
        var answers = new ShardAnswers(PackedText.Pack("{}\n"u8), files, 0);
        var packages = Directory.CreateTempSubdirectory().FullName;
        var running = new List<IHost>();
        try
        {
            var clock = Stopwatch.StartNew();
            int gateway = 0;
            for (int node = 0; node < nodes; node++)
            {
                gateway = FreePort();
                var host = await ClusterNode.Start(new NodeOptions(store, new WorkOptions(packages)
                {
                    Workers = workers,
                    Simulated = async _ =>
                    {
                        await Task.Delay(wait);
                        return answers;
                    },
                })
                {
                    Address = "127.0.0.1",
                    Name = $"n{node}",
                    Port = FreePort(),
                    GatewayPort = gateway,
                });
                running.Add(host);
            }
            Console.WriteLine($"{nodes} nodes in {clock.Elapsed.TotalSeconds:0.0} s, {Process.GetCurrentProcess().WorkingSet64 >> 20} MB");
            await using var client = await ClusterClient.Connect(store, gatewayPort: gateway);
            var jobs = new ClusterJobs(client);
            var id = $"bench-{Guid.NewGuid():N}";
            var request = new JobRequest("none", ClusterVersion.Own, "none", new AnswerOptions(), "bench", TimeProvider.System.GetUtcNow());
            clock.Restart();
            var planning = jobs.Begin(id, request, Enumerable.Range(0, shards * files).Select(number => (IReadOnlyList<string>)[$"/archive/patient-{number / 200:000000}/series/{number:0000000}.dcm"]), new ShardCut(files));
            await planning;
            Console.WriteLine($"planned {shards} shards of {files} files in {clock.Elapsed.TotalSeconds:0.0} s, {Process.GetCurrentProcess().WorkingSet64 >> 20} MB");
            JobFacts facts;
            while ((facts = await jobs.Show(id)).Status != JobStatus.Done) await Task.Delay(200);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"done after {clock.Elapsed.TotalSeconds:0.0} s: {shards / clock.Elapsed.TotalSeconds:0} shards a second, {facts.FilesDone} files, {facts.Troubles.Length} in trouble"));
        }
        finally
        {
            foreach (var host in running)
            {
                await host.StopAsync();
                host.Dispose();
            }
            Directory.Delete(packages, recursive: true);
        }
        return 0;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
