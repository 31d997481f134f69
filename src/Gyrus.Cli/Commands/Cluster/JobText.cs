using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Gyrus.Cluster.Jobs;

namespace Gyrus.Cli.Commands.Cluster;

/// <summary>A job as text.</summary>
internal static class JobText
{
    private const int MostTroubles = 10;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>As an object of JSON on one line.</summary>
    public static string Json(JobFacts job) => JsonSerializer.Serialize(job, Options);

    /// <summary>As one line.</summary>
    public static string Line(JobFacts job) => string.Create(CultureInfo.InvariantCulture,
        $"{job.Id}  {Status(job),-9}  {job.FilesDone}/{job.Files} {Items(job)}  {job.Request.Source}");

    /// <summary>As lines, for people.</summary>
    public static string Of(JobFacts job)
    {
        var lines = new List<string>
        {
            string.Create(CultureInfo.InvariantCulture, $"{job.Id}: {Status(job)}"),
            $"source   {job.Request.Source}",
            $"answers  by {job.Request.Recipe}",
            string.Create(CultureInfo.InvariantCulture, $"{Items(job),-8} {job.FilesDone} of {job.Files} answered, {job.Errors} images of them unreadable"),
            string.Create(CultureInfo.InvariantCulture, $"shards   {job.ShardsEnded} of {job.Shards} ended"),
            string.Create(CultureInfo.InvariantCulture, $"rate     {job.FilesPerSecond:0.0} {Items(job)} a second in the last minute"),
        };
        if (job.Nodes.Count > 0)
        {
            lines.Add("nodes    " + string.Join(", ", job.Nodes.OrderBy(node => node.Key, StringComparer.Ordinal)
                .Select(node => string.Create(CultureInfo.InvariantCulture, $"{node.Key} has {node.Value}"))));
        }
        lines.Add($"its coordinator is on {job.Coordinator}");
        if (job.Request.After is { } before) lines.Add($"it needs what job {before} answers");
        lines.AddRange(job.Refusals.OrderBy(refusal => refusal.Key, StringComparer.Ordinal).Select(refusal => $"node {refusal.Key} takes no part: {refusal.Value}"));
        lines.AddRange(job.Troubles.OrderBy(trouble => trouble.Shard).Take(MostTroubles).Select(trouble => string.Create(CultureInfo.InvariantCulture,
            $"shard {trouble.Shard} {(trouble.IsSetAside ? "was set aside" : "failed")}: {trouble.Reason}")));
        if (job.Troubles.Length > MostTroubles) lines.Add(string.Create(CultureInfo.InvariantCulture, $"and {job.Troubles.Length - MostTroubles} shards more"));
        return string.Join('\n', lines);
    }

    /// <summary>What a job is of, in the plural.</summary>
    public static string Items(JobFacts job) => job.Request switch
    {
        { Kind: JobKind.Features } => "images",
        { Kind: JobKind.Folds } => "folds",
        { Kind: JobKind.Tuning } => "settings",
        { Options.Archive: not null } => "studies",
        _ => "files",
    };

    private static string Status(JobFacts job) => job.Status.ToString().ToLowerInvariant();
}
