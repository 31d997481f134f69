using System.Net;
using System.Text.Json.Serialization;
using Gyrus.Inference;
using Gyrus.Server.Classification;
using Gyrus.Server.Database;
using Gyrus.Server.Fetching;
using Gyrus.Server.Health;
using Gyrus.Server.History;
using Gyrus.Server.Images;
using Gyrus.Server.Keys;
using Gyrus.Server.Model;
using Gyrus.Server.Page;
using Gyrus.Server.Problems;
using Gyrus.Server.Protocols;
using Gyrus.Server.Safety;
using Gyrus.Server.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gyrus.Server;

/// <summary>The service: classification over HTTP, with keys and a record of what was asked.</summary>
public static class ScanService
{
    /// <summary>Sets the service up. Nothing listens before it is run.</summary>
    /// <param name="options">How it runs.</param>
    /// <param name="time">The clock; the system's where null.</param>
    /// <returns>The service, to run and to dispose.</returns>
    /// <exception cref="GyrusException">An option is out of range, the model or the database cannot be opened, or other
    /// machines could reach the service and there is no key.</exception>
    public static WebApplication Build(ServiceOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls([.. options.Urls]);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Whoever sends a request's head more slowly holds a connection for nothing. Kestrel's limit for bodies, 240 bytes
            // a second, stands.
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            // Base64 in JSON is a third longer than the images; uploads set limits of their own.
            kestrel.Limits.MaxRequestBodySize = (long)options.LargestImage * 3 / 2;
        });
        TelemetrySetUp.Configure(builder.Logging);
        AddServices(builder.Services, options, time ?? TimeProvider.System);
        var app = builder.Build();
        try
        {
            DatabaseSetUp.Migrate(options.Database);
            RequireKey(app, options);
            // Loaded now, so that a model that cannot be used is told at the start and not to the first caller.
            app.Services.GetRequiredService<ClassificationQueue>();
            app.Services.GetRequiredService<ModelDescription>();
        }
        catch
        {
            ((IDisposable)app).Dispose();
            throw;
        }
        app.UseMiddleware<RequestLog>();
        app.UseExceptionHandler();
        app.UseStatusCodePages(ended => ended.HttpContext.RequestServices.GetRequiredService<ProblemAnswers>().Explain(ended.HttpContext));
        app.UseMiddleware<HeadRequests>();
        // Here, and not where the framework would put it, so that routes are looked for once HEAD is taken for GET.
        app.UseRouting();
        app.UseMiddleware<BrowserGuard>();
        app.UseMiddleware<CallerKey>();
        app.UseRateLimiter();
        app.UseMiddleware<BodyMemory>();
        app.MapOpenApi();
        ApiPage.Map(app);
        app.MapPrometheusScrapingEndpoint("/metrics");
        PageFiles.Map(app);
        ClassifyEndpoints.Map(app);
        ResultEndpoints.Map(app);
        ModelEndpoint.Map(app);
        PublishedContract.Map(app);
        OpenInference.Map(app);
        return app;
    }

    private static void AddServices(IServiceCollection services, ServiceOptions options, TimeProvider time)
    {
        services.AddSingleton(options);
        services.AddSingleton(time);
        services.AddTelemetry();
        services.AddDatabase(options);
        services.AddSingleton(_ => ScanClassifier.Open(options.Model, options.Classifier));
        services.AddSingleton(provider => new ClassificationQueue(
            provider.GetRequiredService<ScanClassifier>(), options.BatchSize, options.Classifier.WorkerCount, options.QueueLimit,
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ServiceMetrics>(), provider.GetRequiredService<ILogger<ClassificationQueue>>()));
        services.AddSingleton<UploadReader>();
        services.AddSingleton(_ => new UrlFetcher(options, Dns.GetHostAddressesAsync));
        services.AddSingleton<KeptImages>();
        services.AddSingleton<ResultHistory>();
        services.AddSingleton<ResultDeletion>();
        services.AddHostedService<ResultRetention>();
        services.AddSingleton<ImageAnswers>();
        services.AddSingleton<ModelHealth>();
        services.AddSingleton(provider => ModelEndpoint.Describe(provider.GetRequiredService<ScanClassifier>(), options));
        services.AddSingleton<RequestLog>();
        services.AddSingleton<BrowserGuard>();
        services.AddSingleton<CallerKey>();
        services.AddSingleton<BodyMemory>();
        services.AddSingleton<HeadRequests>();
        services.AddSingleton<ProblemAnswers>();
        services.AddSingleton<Microsoft.AspNetCore.Diagnostics.IExceptionHandler>(
            provider => provider.GetRequiredService<ProblemAnswers>());
        services.AddProblemDetails();
        services.AddRateLimiter(KeyLimits.Configure);
        // As exceptions they reach ProblemAnswers, which has words for them.
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        // Numbers are numbers; as text they would stand in the description as either.
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict);
        services.AddOpenApi(openApi => openApi.AddDocumentTransformer(ApiPage.Describe));
    }

    private static void RequireKey(WebApplication app, ServiceOptions options)
    {
        if (!options.IsReachable) return;
        if (app.Services.GetRequiredService<KeyStore>().AnyGood(CancellationToken.None).GetAwaiter().GetResult()) return;
        throw new GyrusException($"{string.Join(" ", options.Urls)}: other machines could reach the service there, and there "
            + "is no key. Add one, give one in the variable GYRUS_KEY, or listen on this machine alone: " + ServiceOptions.DefaultUrl);
    }
}
