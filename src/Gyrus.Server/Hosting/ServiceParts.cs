using System.Net;
using System.Text.Json.Serialization;
using Gyrus.Inference;
using Gyrus.Server.Classification;
using Gyrus.Server.Database;
using Gyrus.Server.Fetching;
using Gyrus.Server.Health;
using Gyrus.Server.History;
using Gyrus.Server.Keys;
using Gyrus.Server.Model;
using Gyrus.Server.Problems;
using Gyrus.Server.Protocols;
using Gyrus.Server.Safety;
using Gyrus.Server.Studies;
using Gyrus.Server.Telemetry;
using Gyrus.Server.Uploads;
using Gyrus.Server.WebPage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gyrus.Server.Hosting;

/// <summary>What the service is made of, each part with those of the options that are its own.</summary>
internal static class ServiceParts
{
    /// <summary>Adds the parts.</summary>
    public static void Add(IServiceCollection services, ServiceOptions options, TimeProvider time)
    {
        services.AddSingleton(time);
        services.AddTelemetry();
        AddClassification(services, options);
        AddRecord(services, options);
        AddSentStudies(services, options);
        if (options.Studies is { } studies) AddStudies(services, studies);
        AddMiddleware(services, options);
        services.AddProblemDetails();
        services.AddRateLimiter(limits => KeyLimits.Configure(limits, options.SharedLimits));
        // As exceptions they reach ProblemAnswers, which has words for them.
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        // Numbers are numbers; as text they would stand in the description as either.
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict);
        services.AddOpenApi(openApi => openApi.AddDocumentTransformer(ApiPage.Describe));
    }

    private static void AddClassification(IServiceCollection services, ServiceOptions options)
    {
        services.AddSingleton(_ => ScanClassifier.Open(options.Model, options.Classifier));
        services.AddSingleton(parts => new ClassificationQueue(
            Get<ScanClassifier>(parts), options.BatchSize, options.Classifier.WorkerCount, options.QueueLimit,
            Get<TimeProvider>(parts), Get<ServiceMetrics>(parts), Get<ILogger<ClassificationQueue>>(parts), options.OtherReplicas));
        if (options.OtherReplicas is { } others) services.AddHostedService(parts => ActivatorUtilities.CreateInstance<SharedQueue>(parts, others));
        services.AddSingleton(new ImageLimits(options.LargestImage, options.MostImages));
        services.AddSingleton<UploadReader>();
        services.AddSingleton(_ => new UrlFetcher(
            new FetchOptions(options.AllowUrlFetch, options.FetchAllow, options.LargestImage), Dns.GetHostAddressesAsync));
        services.AddSingleton<ImageAnswers>();
        services.AddSingleton(new ThresholdTold(options.Threshold));
        services.AddSingleton<ModelHealth>();
        services.AddSingleton(parts => ModelEndpoint.Describe(
            Get<ScanClassifier>(parts), options.Threshold, options.Views, options.KeepImages, options.LargestImage, options.LargestStudy));
    }

    private static void AddRecord(IServiceCollection services, ServiceOptions options)
    {
        services.AddDatabase(options.Database);
        services.AddSingleton(parts => new KeyStore(
            Get<IDbContextFactory<ServiceDatabase>>(parts), Get<TimeProvider>(parts), options.FixedKey));
        services.AddSingleton(_ => new KeptImages(options.KeepImages, options.Database.DataFolder));
        services.AddSingleton<ResultHistory>();
        services.AddSingleton<ResultDeletion>();
        services.AddHostedService(parts => new ResultRetention(
            options.KeepResults, Get<ResultDeletion>(parts), Get<TimeProvider>(parts), Get<ILogger<ResultRetention>>(parts)));
    }

    private static void AddSentStudies(IServiceCollection services, ServiceOptions options)
    {
        services.AddSingleton(_ => new StudyFolders(Path.Combine(options.Database.DataFolder, "at-work")));
        services.AddSingleton(new StudyLimits(options.LargestStudy, options.MostStudyImages, options.PixelLimit));
        services.AddSingleton<StudyAnswering>();
    }

    private static void AddStudies(IServiceCollection services, StudyOptions options)
    {
        services.AddSingleton(new StudySpool(options.Folder));
        services.AddHostedService(parts => new StudyWorker(
            options, Get<StudySpool>(parts), Get<ScanClassifier>(parts), Get<TimeProvider>(parts), Get<ILogger<StudyWorker>>(parts)));
    }

    private static void AddMiddleware(IServiceCollection services, ServiceOptions options)
    {
        services.AddSingleton<RequestLog>();
        services.AddSingleton(parts => new BrowserGuard(options.IsReachable, Get<ProblemAnswers>(parts)));
        services.AddSingleton(parts => new CallerKey(
            Get<KeyStore>(parts), options.IsReachable,
            new HashSet<string>([.. OpenInference.HealthPaths, .. PageFiles.Paths, .. ApiPage.Parts], StringComparer.Ordinal), Get<ProblemAnswers>(parts)));
        services.AddSingleton(_ => new BodyMemory(options.BodyMemory));
        services.AddSingleton<HeadRequests>();
        services.AddSingleton<ProblemAnswers>();
        services.AddSingleton<IExceptionHandler>(Get<ProblemAnswers>);
    }

    private static T Get<T>(IServiceProvider parts)
        where T : notnull => parts.GetRequiredService<T>();
}
