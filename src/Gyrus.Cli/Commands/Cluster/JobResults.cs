using System.CommandLine;
using Gyrus.Cli.Terminal;
using Gyrus.Cluster.Clients;
using Gyrus.Cluster.Jobs;

namespace Gyrus.Cli.Commands.Cluster;

/// <summary>How results are written.</summary>
internal enum JobResultsFormat
{
    /// <summary>JSON lines.</summary>
    Lines,

    /// <summary>Apache Parquet.</summary>
    Parquet,
}

/// <summary>The results of a job as a file.</summary>
internal static class JobResults
{
    /// <summary>The file of JSON lines.</summary>
    public const string LinesFile = "answers.jsonl";

    /// <summary>The table.</summary>
    public const string TableFile = "answers.parquet";

    /// <summary>Makes <c>--format jsonl|parquet</c>; JSON lines unless given.</summary>
    public static Option<JobResultsFormat> FormatOption() =>
        new Option<JobResultsFormat>("--format") { Description = "How results are written; jsonl unless given" }.Take([("jsonl", JobResultsFormat.Lines), ("parquet", JobResultsFormat.Parquet)]);

    /// <summary>Writes the answers into a folder, whole or not at all.</summary>
    public static async Task Write(ClusterJobs jobs, JobFacts job, string folder, bool table, IProgress<WorkProgress> progress, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, table ? TableFile : LinesFile);
        var temporary = path + ".tmp-" + Path.GetRandomFileName();
        try
        {
            await using (var stream = new FileStream(temporary, FileMode.CreateNew))
            {
                if (table) await ParquetAnswers.Write(stream, job.Request.Options.Level, () => jobs.Answers(job.Id, progress, cancellation));
                else await foreach (var lines in jobs.Answers(job.Id, progress, cancellation)) await stream.WriteAsync(lines, cancellation);
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
