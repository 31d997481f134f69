using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using Gyrus.Cli.Commands.Classify;
using Gyrus.Cli.Commands.Shared;
using Gyrus.Cli.Terminal;
using Gyrus.Cluster.Clients;
using Gyrus.Cluster.Jobs;
using Gyrus.Inference;
using Gyrus.Inference.Studies;

namespace Gyrus.Cli.Commands.Cluster;

/// <summary><c>gyrus job classify</c>.</summary>
internal static class JobClassifyCommand
{
    /// <summary>Studies of an archive are fetched one by one: one costs as much as many files do.</summary>
    private const int ArchiveShard = 1;

    public static Command Create()
    {
        var paths = new Argument<string[]>("source")
        {
            Description = "Image files, DICOM and NIfTI files, folders, patterns, or - for a list of files on standard input, as gyrus classify takes them; a manifest (.csv), whose images are "
                + "classified; or the studies of an archive, as dicomweb:URL. All nodes have to reach them by the same paths.",
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
        var level = LevelOption.Create();
        var archive = new ArchiveFlags();
        var views = ViewsOption.Create();
        var window = WindowOption.Create();
        var folder = new Option<string?>("--out")
        {
            Description = $"A folder for {JobResults.LinesFile} or {JobResults.TableFile} when all is done; 'gyrus job results' writes it later.",
            HelpName = "DIR",
        };
        var format = JobResults.FormatOption();
        var shard = new Option<int?>("--shard-size")
        {
            Description = $"How many files a node takes at once, and does again where it is lost: {new ShardCut().Files} if not given, and whole studies; of an archive studies, {ArchiveShard} if not given.",
            HelpName = "N",
        };
        var detach = JobFollowing.DetachOption();
        var cluster = new ClusterFlags();
        var command = new Command(
            "classify",
            "Classifies images and studies on all nodes of a cluster. Says the job's name, which is all that must be kept, then how far it is; where this command is stopped the work goes on. Its "
            + $"answers are byte for byte those of gyrus classify. The exit code is {ExitCode.SomeUnreadable} where some files could not be read. Research software, not a medical device.")
        {
            paths, model, threshold, level, views, window, folder, format, shard, detach,
        };
        archive.AddTo(command);
        cluster.AddTo(command);
        command.AddExamples(
            "gyrus job classify /archive --out results/",
            "gyrus job classify /archive --cluster 'Host=db;Database=gyrus' --secret cluster.secret --detach",
            "find /archive -name '*.dcm' | gyrus job classify - --window brain",
            "gyrus job classify dicomweb:https://archive.example/dicom-web --query 'ModalitiesInStudy=MR,StudyDate=20260101-20260131' --out results/");
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(shard) < 1) throw new GyrusException("--shard-size is at least 1.");
            var package = parsed.GetValue(model) ?? DefaultModel.Folder();
            var given = parsed.GetValue(paths)!;
            var seen = WindowOption.Read(parsed.GetValue(window));
            var asked = archive.Read(parsed, given);
            var of = parsed.GetValue(level) ?? JobSource.LevelOf(given, asked);
            if (asked is not null && of == AnswerLevel.Slice) throw new GyrusException("An archive answers by study: leave --level slice out.");
            var request = new ClassifyRequest(
                given, package, parsed.GetValue(threshold), parsed.GetValue(views), OutputFormat.Json, parsed.GetValue(folder), Resume: false, HeatMaps: null, of, seen,
                Report: null, asked);
            string recipe;
            // What the nodes would refuse is refused here, and before a job is begun.
            using (var classifier = ScanClassifier.Open(package, new ClassifierOptions(Views: request.Views, Threshold: request.Threshold, GraphFolder: GraphCache.Folder())))
                recipe = AnswerRecipe.Of(classifier, request, of);
            await using var client = await cluster.Connect(parsed, cancellation);
            using var progress = new ProgressLine();
            var jobs = new ClusterJobs(client);
            var id = NewId();
            var hash = await jobs.Bring(package);
            var source = new JobSource(given, of, seen, progress);
            var units = asked is null ? source.Files(cancellation) : await source.Archive(asked, cancellation);
            Console.Out.WriteLine(id);
            await jobs.Begin(
                id,
                new JobRequest(
                    hash, ClusterVersion.Own, recipe, new AnswerOptions(request.Threshold, request.Views, seen?.Centre, seen?.Width, of, asked is null ? null : given[0]), string.Join(' ', given),
                    TimeProvider.System.GetUtcNow()),
                units, new ShardCut(parsed.GetValue(shard) ?? (asked is null ? new ShardCut().Files : ArchiveShard)), progress, cancellation);
            if (parsed.GetValue(detach)) return source.Faults > 0 ? ExitCode.SomeUnreadable : ExitCode.Success;
            var ended = await JobFollowing.ToTheEnd(jobs, id, progress, cancellation);
            if (ended is null) return ExitCode.Interrupted;
            if (parsed.GetValue(folder) is { } into) await JobResults.Write(jobs, ended, into, parsed.GetValue(format) == JobResultsFormat.Parquet, progress, cancellation);
            await Console.Error.WriteLineAsync(JobText.Of(ended));
            return source.Faults > 0 ? ExitCode.SomeUnreadable : JobResults.Code(ended);
        });
        return command;
    }

    /// <summary>A name that sorts by time and that two clients do not give at once.</summary>
    private static string NewId() => string.Create(CultureInfo.InvariantCulture,
        $"{TimeProvider.System.GetUtcNow():yyyyMMdd-HHmmss}-{RandomNumberGenerator.GetHexString(4, lowercase: true)}");
}
