using System.CommandLine;
using Gyrus.Cli.Terminal;
using Gyrus.Cluster.Clients;
using Gyrus.Cluster.Jobs;

namespace Gyrus.Cli.Commands.Cluster;

/// <summary><c>gyrus job results</c>.</summary>
internal static class JobResultsCommand
{
    /// <summary>The name of the file of answers.</summary>
    public const string AnswersFile = "answers.jsonl";

    public static Command Create()
    {
        var job = JobCommands.JobArgument();
        var folder = new Option<string?>("--out") { Description = $"A folder for {AnswersFile}; standard output if not given.", HelpName = "DIR" };
        var cluster = new ClusterFlags();
        var command = new Command("results", "Writes the answers of a job that has ended as JSON lines, in the order of its files: byte for byte what gyrus classify --out writes.") { job, folder };
        cluster.AddTo(command);
        command.AddExamples("gyrus job results 20260131-094500-3f2a > answers.jsonl", "gyrus job results 20260131-094500-3f2a --out results/");
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var client = await cluster.Connect(parsed, cancellation);
            using var progress = new ProgressLine();
            var jobs = new ClusterJobs(client);
            var facts = await jobs.Show(parsed.GetValue(job)!);
            if (parsed.GetValue(folder) is { } into)
            {
                await Write(jobs, facts.Id, into, progress, cancellation);
            }
            else
            {
                await using var output = StandardOutput.Open();
                await jobs.Write(facts.Id, output, progress, cancellation);
            }
            return Code(facts);
        });
        return command;
    }

    /// <summary>Writes the answers into a folder, whole or not at all.</summary>
    public static async Task Write(ClusterJobs jobs, string job, string folder, IProgress<WorkProgress> progress, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, AnswersFile);
        var temporary = path + ".tmp-" + Path.GetRandomFileName();
        try
        {
            await using (var stream = new FileStream(temporary, FileMode.CreateNew))
            {
                await jobs.Write(job, stream, progress, cancellation);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>The exit code of a job that has ended.</summary>
    public static int Code(JobFacts job) => job.Errors > 0 || job.Troubles.Length > 0 ? ExitCode.SomeUnreadable : ExitCode.Success;
}
