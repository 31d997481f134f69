using Gyrus.Server.Classification;
using Gyrus.Server.Database;
using Gyrus.Server.History;
using Gyrus.Server.Keys;
using Gyrus.Server.Model;
using Gyrus.Server.Problems;
using Gyrus.Server.Protocols;
using Gyrus.Server.Safety;
using Gyrus.Server.Studies;
using Gyrus.Server.Telemetry;
using Gyrus.Server.WebPage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Gyrus.Server.Hosting;

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
        ServiceParts.Add(builder.Services, options, time ?? TimeProvider.System);
        var app = builder.Build();
        try
        {
            DatabaseSetUp.Migrate(options.Database);
            RequireKey(app, options);
            // Loaded now, so that a model that cannot be used is told at the start and not to the first caller.
            app.Services.GetRequiredService<ClassificationQueue>();
            app.Services.GetRequiredService<ModelDescription>();
            app.Services.GetRequiredService<StudyFolders>();
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
        NetworkEndpoints.Map(app);
        PublishedContract.Map(app);
        OpenInference.Map(app);
        ClassifyStudyEndpoint.Map(app);
        if (options.Studies is not null) StudyEndpoints.Map(app);
        return app;
    }

    private static void RequireKey(WebApplication app, ServiceOptions options)
    {
        if (!options.IsReachable) return;
        if (app.Services.GetRequiredService<KeyStore>().AnyGood(CancellationToken.None).GetAwaiter().GetResult()) return;
        throw new GyrusException($"{string.Join(" ", options.Urls)}: other machines could reach the service there, and there "
            + "is no key. Add one, give one in the variable GYRUS_KEY, or listen on this machine alone: " + ServiceOptions.DefaultUrl);
    }
}
