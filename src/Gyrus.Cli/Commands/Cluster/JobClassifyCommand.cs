using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using Gyrus.Cli.Commands.Classify;
using Gyrus.Cli.Commands.Shared;
using Gyrus.Cli.Terminal;
using Gyrus.Cluster.Clients;
using Gyrus.Cluster.Jobs;
using Gyrus.Data.Manifests;
using Gyrus.Inference;

namespace Gyrus.Cli.Commands.Cluster;

/// <summary><c>gyrus job classify</c>.</summary>
internal static class JobClassifyCommand
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(1);

    public static Command Create()
    {
        var paths = new Argument<string[]>("source")
        {
            Description = "Image files, DICOM and NIfTI files, folders, patterns, or - for a list of files on standard input, as gyrus classify takes them; or a manifest (.csv), whose images are "
                + "classified. All nodes have to reach them by the same paths.",
            Arity = ArgumentArity.OneOrMore,
        };
        var model = new Option<string?>("--model")
        {
            Description = "Folder of a model package, which is brought to the nodes; the model that comes with gyrus if not given.",
            HelpName = "DIR",
        };
        var threshold = new Option<double?>("--threshold")
        {
            Description = "Tumour probability from which a scan is called a tumour; the model's own if not given.",
            HelpName = "P",
        };
        var views = ViewsOption.Create();
        var window = WindowOption.Create();
        var folder = new Option<string?>("--out")
        {
            Description = $"A folder for {JobResults.LinesFile} or {JobResults.TableFile} when all is done; 'gyrus job results' writes it later.",
            HelpName = "DIR",
        };
        var format = JobResults.FormatOption();
        var shard = new Option<int>("--shard-size")
        {
            Description = "The most files that a node takes at once, and does again where it is lost.",
            HelpName = "N",
            DefaultValueFactory = _ => new ShardCut().Files,
        };
        var detach = new Option<bool>("--detach") { Description = "Say the job's name and end; the work goes on." };
        var cluster = new ClusterFlags();
        var command = new Command(
            "classify",
            "Classifies images on all nodes of a cluster. Says the job's name, which is all that must be kept, then how far it is; where this command is stopped the work goes on. A row an image, as of "
            + $"gyrus classify --level slice. The exit code is {ExitCode.SomeUnreadable} where some files could not be read. Research software, not a medical device.")
        {
            paths, model, threshold, views, window, folder, format, shard, detach,
        };
        cluster.AddTo(command);
        command.AddExamples(
            "gyrus job classify /archive --out results/",
            "gyrus job classify /archive --cluster 'Host=db;Database=gyrus' --secret cluster.secret --detach",
            "find /archive -name '*.dcm' | gyrus job classify - --window brain");
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(shard) < 1) throw new GyrusException("--shard-size is at least 1.");
            var package = parsed.GetValue(model) ?? DefaultModel.Folder();
            var given = parsed.GetValue(paths)!;
            var seen = WindowOption.Read(parsed.GetValue(window));
            var request = new ClassifyRequest(
                given, package, parsed.GetValue(threshold), parsed.GetValue(views), OutputFormat.Json, parsed.GetValue(folder), Resume: false, HeatMaps: null, AnswerLevel.Slice, seen,
                Report: null, Archive: null);
            string recipe;
            // What the nodes would refuse is refused here, and before a job is begun.
            using (var classifier = ScanClassifier.Open(package, new ClassifierOptions(Views: request.Views, Threshold: request.Threshold, GraphFolder: GraphCache.Folder())))
                recipe = AnswerRecipe.Of(classifier, request, AnswerLevel.Slice);
            await using var client = await cluster.Connect(parsed, cancellation);
            using var progress = new ProgressLine();
            var jobs = new ClusterJobs(client);
            var id = NewId();
            var hash = await jobs.Bring(package);
            int faults = 0;
            void Fault(string message)
            {
                faults++;
                progress.WriteLine("gyrus: " + message);
            }

            var passedOver = new PassedOver();
            var files = given.SelectMany(source => IsManifest(source) ? OfManifest(source) : ScanPaths.Expand([source], Console.OpenStandardInput, Fault, passedOver).Select(Path.GetFullPath));
            Console.Out.WriteLine(id);
            await jobs.Begin(
                id,
                new JobRequest(hash, ClusterVersion.Own, recipe, new AnswerOptions(request.Threshold, request.Views, seen?.Centre, seen?.Width), string.Join(' ', given), TimeProvider.System.GetUtcNow()),
                files, new ShardCut(parsed.GetValue(shard)), progress, cancellation);
            if (passedOver.Summary() is { } summary) progress.WriteLine("gyrus: " + summary);
            if (parsed.GetValue(detach)) return faults > 0 ? ExitCode.SomeUnreadable : ExitCode.Success;
            var ended = await Follow(jobs, id, progress, cancellation);
            progress.Clear();
            if (ended.Status == JobStatus.Cancelled)
            {
                await Console.Error.WriteLineAsync($"gyrus: job {id} was given up");
                return ExitCode.Interrupted;
            }
            if (parsed.GetValue(folder) is { } into) await JobResults.Write(jobs, id, into, parsed.GetValue(format) == JobResultsFormat.Parquet, progress, cancellation);
            await Console.Error.WriteLineAsync(JobText.Of(ended));
            return faults > 0 ? ExitCode.SomeUnreadable : JobResults.Code(ended);
        });
        return command;
    }

    private static bool IsManifest(string source) => Path.GetExtension(source).Equals(".csv", StringComparison.OrdinalIgnoreCase) && File.Exists(source);

    private static IEnumerable<string> OfManifest(string path)
    {
        var manifest = Manifest.Load(path);
        return manifest.Rows.Select(manifest.FullPath);
    }

    private static async Task<JobFacts> Follow(ClusterJobs jobs, string id, ProgressLine progress, CancellationToken cancellation)
    {
        while (true)
        {
            var facts = await jobs.Show(id);
            if (facts.Status is JobStatus.Done or JobStatus.Cancelled) return facts;
            progress.Report(new WorkProgress("classify", facts.FilesDone, facts.Files, facts.Status == JobStatus.Paused ? "paused"
                : facts.Nodes.Count == 0 ? "no node works on it" : string.Create(CultureInfo.InvariantCulture, $"{facts.Nodes.Count} nodes")));
            await Task.Delay(AskEvery, cancellation);
        }
    }

    /// <summary>A name that sorts by time and that two clients do not give at once.</summary>
    private static string NewId() => string.Create(CultureInfo.InvariantCulture,
        $"{TimeProvider.System.GetUtcNow():yyyyMMdd-HHmmss}-{RandomNumberGenerator.GetHexString(4, lowercase: true)}");
}
