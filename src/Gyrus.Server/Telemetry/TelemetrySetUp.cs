using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Gyrus.Server.Telemetry;

/// <summary>Sets up metrics, traces and logs.</summary>
internal static class TelemetrySetUp
{
    /// <summary>OpenTelemetry's own variable for where traces and metrics are sent; nowhere where it is not set.</summary>
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Adds metrics, which <c>/metrics</c> gives to Prometheus, and traces.</summary>
    public static void AddTelemetry(this IServiceCollection services)
    {
        services.AddSingleton<ServiceMetrics>();
        var telemetry = services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics
                .AddMeter(ServiceMetrics.Name).AddAspNetCoreInstrumentation().AddRuntimeInstrumentation().AddPrometheusExporter())
            .WithTracing(traces => traces.AddSource(ServiceMetrics.Name).AddAspNetCoreInstrumentation());
        if (Environment.GetEnvironmentVariable(Endpoint) is { Length: > 0 }) telemetry.UseOtlpExporter();
    }

    /// <summary>Logs for people on a terminal, one JSON object a line elsewhere.</summary>
    public static void Configure(ILoggingBuilder logging)
    {
        logging.ClearProviders();
        if (Console.IsOutputRedirected) logging.AddJsonConsole(console => console.UseUtcTimestamp = true);
        else logging.AddSimpleConsole(console => console.SingleLine = true);
        // ASP.NET Core's own lines of information hold a request's whole address.
        logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("System.Net.Http", LogLevel.Warning)
            // A start that fails is told by whoever started it, in a sentence and without a stack.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
    }
}
