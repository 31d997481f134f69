using System.CommandLine;
using System.Globalization;
using Gyrus.Cli.Commands.Classify;
using Gyrus.Cli.Commands.Cluster;
using Gyrus.Cli.Commands.Serve;
using Gyrus.Cli.Commands.Shared;
using Gyrus.Cli.Terminal;
using Gyrus.Inference;
using Gyrus.Models;
using Gyrus.Server.Hosting;
using Gyrus.Server.Model;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Gyrus.Cli.Commands;

/// <summary><c>gyrus serve</c>.</summary>
internal static class ServeCommand
{
    /// <summary>The command's name.</summary>
    public const string Name = "serve";

    private const string KeyVariable = "GYRUS_KEY";

    public static Command Create()
    {
        var urls = new Option<string[]>("--urls")
        {
            Description = $"Addresses to listen on; {ServiceOptions.DefaultUrl} if not given, which this machine alone can "
                + "reach. Others need a key: gyrus keys add.",
            HelpName = "URL",
            AllowMultipleArgumentsPerToken = true,
        };
        var model = new Option<string?>("--model")
        {
            Description = "Folder of a model package; the model that comes with gyrus if not given.",
            HelpName = "DIR",
        };
        var fetch = new Option<bool>("--allow-url-fetch")
        {
            Description = "Fetch images from addresses that callers name, of the public internet alone.",
        };
        var allowed = new Option<string[]>("--fetch-allow")
        {
            Description = "With --allow-url-fetch: a host that is fetched from wherever it is, such as a private archive. "
                + "May be given several times.",
            HelpName = "HOST",
        };
        var keep = new Option<bool>("--keep-images")
        {
            Description = "Keep the image files that are classified, in the folder of --data. Without it none is kept.",
        };
        var limits = new LimitFlags();
        var studies = new StudyFlags();
        var database = new DatabaseFlags();
        var cluster = new ClusterFlags();
        var command = new Command(
            Name,
            "Classifies scans over HTTP, and keeps a record of answers. Its page is at /, and one that describes and tries the "
            + $"API at /api. With --cluster its replicas share the limit of each key, and the images that wait. The variable {KeyVariable} may hold a key, beside those of gyrus keys. Ctrl+C ends it. Research software, not a medical device.")
        {
            urls, model, fetch, allowed, keep,
        };
        studies.AddTo(command);
        limits.AddTo(command);
        database.AddTo(command);
        cluster.AddTo(command, ofOneNode: false);
        command.AddExamples(
            "gyrus serve",
            "curl -H 'Content-Type: image/png' --data-binary @scan.png http://127.0.0.1:8080/v1/classify",
            "gyrus keys add radiology && gyrus serve --urls http://0.0.0.0:8080",
            "gyrus serve --allow-url-fetch --fetch-allow archive.example.org",
            "gyrus serve --studies spool/ --store dicomweb:https://archive.example/dicom-web",
            "gyrus serve --database 'Host=db;Database=gyrus' --cluster 'Host=db;Database=gyrus' --secret cluster.secret",
            "GYRUS_QUEUE=16 gyrus serve --workers 2 --largest-image 100MiB");
        command.SetAction(async (parsed, cancellation) =>
        {
            var listening = parsed.GetValue(urls) is { Length: > 0 } given ? given : [ServiceOptions.DefaultUrl];
            var options = new ServiceOptions(parsed.GetValue(model) ?? DefaultModel.Folder(), database.Read(parsed))
            {
                Urls = listening,
                AllowUrlFetch = parsed.GetValue(fetch),
                FetchAllow = parsed.GetValue(allowed) ?? [],
                KeepImages = parsed.GetValue(keep),
                Studies = studies.Read(parsed, Environment.GetEnvironmentVariable),
                FixedKey = Environment.GetEnvironmentVariable(KeyVariable) is { Length: > 0 } key ? key : null,
            };
            IAsyncDisposable? shared = null;
            if (cluster.AreGiven(parsed)) (options, shared) = await Share(options, cluster, parsed, cancellation);
            await using var _ = shared;
            options = limits.Read(options, parsed, Environment.GetEnvironmentVariable);
            await using var service = ScanService.Build(options);
            try
            {
                await service.StartAsync(cancellation);
            }
            catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException)
            {
                throw new GyrusException($"{string.Join(" ", listening)}: cannot be listened on ({e.Message.TrimEnd('.')}). Another program may have the "
                    + "port, or the address is none of this machine. Name another with --urls.", e);
            }
            var classifier = service.Services.GetRequiredService<ScanClassifier>();
            if (NetworkFile.Doubt(classifier.Package) is { } doubt) StartNotes.Say(service.Services, doubt);
            if (ThresholdChange.Of(classifier, options.Threshold) is var (told, own))
            {
                StartNotes.Say(service.Services, string.Create(CultureInfo.InvariantCulture,
                    $"a scan is called a tumour from {told} on, instead of the model's own {own:0.####}"));
            }
            StartNotes.Say(service.Services, $"listening on {string.Join(" ", service.Urls)}");
            StartNotes.Say(service.Services, "Research software, not a medical device.");
            // Also where the host stops by itself.
            await service.WaitForShutdownAsync(cancellation);
            return ExitCode.Success;
        });
        return command;
    }

    /// <summary>A method of its own, and a result that names nothing of clusters: without one their assemblies are not loaded.</summary>
    private static async Task<(ServiceOptions Options, IAsyncDisposable Shared)> Share(ServiceOptions options, ClusterFlags cluster, ParseResult parsed, CancellationToken cancellation)
    {
        var shared = await SharedService.Connect(cluster, parsed, cancellation);
        return (options with { SharedLimits = shared.Limit, OtherReplicas = shared }, shared);
    }
}
