using System.CommandLine;
using Gyrus.Cli.Terminal;
using Gyrus.Cluster.Clients;
using Gyrus.Cluster.Jobs;

namespace Gyrus.Cli.Commands.Cluster;

/// <summary><c>gyrus job results</c>.</summary>
internal static class JobResultsCommand
{
    public static Command Create()
    {
        var job = JobCommands.JobArgument();
        var folder = new Option<string?>("--out") { Description = $"A folder for {JobResults.LinesFile} or {JobResults.TableFile}; standard output, as JSON lines, if not given.", HelpName = "DIR" };
        var format = JobResults.FormatOption();
        var cluster = new ClusterFlags();
        var command = new Command(
            "results", "Writes the answers of a job that has ended, in the order of its files: as JSON lines byte for byte what gyrus classify --out writes, or as a table of Apache Parquet.")
        {
            job, folder, format,
        };
        cluster.AddTo(command);
        command.AddExamples(
            "gyrus job results 20260131-094500-3f2a > answers.jsonl",
            "gyrus job results 20260131-094500-3f2a --out results/",
            "gyrus job results 20260131-094500-3f2a --out results/ --format parquet");
        command.SetAction(async (parsed, cancellation) =>
        {
            var (into, table) = (parsed.GetValue(folder), parsed.GetValue(format) == JobResultsFormat.Parquet);
            if (table && into is null) throw new GyrusException("--format parquet goes with --out DIR: such a file is not written from its beginning to its end.");
            await using var client = await cluster.Connect(parsed, cancellation);
            using var progress = new ProgressLine();
            var jobs = new ClusterJobs(client);
            var facts = await jobs.Show(parsed.GetValue(job)!);
            if (table && facts.Request.Kind != JobKind.Classify) throw new GyrusException($"Job {facts.Id} trains, and what it gives is no table. Leave --format parquet out.");
            if (into is not null)
            {
                await JobResults.Write(jobs, facts, into, table, progress, cancellation);
            }
            else
            {
                await using var output = StandardOutput.Open();
                await foreach (var lines in jobs.Answers(facts.Id, progress, cancellation)) await output.WriteAsync(lines, cancellation);
            }
            return JobResults.Code(facts);
        });
        return command;
    }
}
