using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using Orleans.Dashboard;

namespace Gyrus.Cluster.Hosting;

/// <summary>What a node answers over HTTP: <c>/health</c>, <c>/metrics</c> and <c>/dashboard</c>.</summary>
internal static class NodePages
{
    private const string Dashboard = "/dashboard";

    /// <summary>Makes a node that answers over HTTP.</summary>
    /// <param name="address">Where.</param>
    /// <param name="add">Adds the node.</param>
    public static IHost Build(Uri address, Action<IHostApplicationBuilder> add)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(address.GetLeftPart(UriPartial.Authority));
        builder.Services.AddRoutingCore();
        add(builder);
        builder.Services.AddSingleton<JobGauges>();
        builder.Services.AddHostedService(services => services.GetRequiredService<JobGauges>());
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter(JobGauges.Name, "Microsoft.Orleans").AddRuntimeInstrumentation().AddPrometheusExporter());
        var app = builder.Build();
        app.Use(KeepFromOthers);
        app.MapGet("/health", (IClusterMembershipService members, ILocalSiloDetails silo) => members.CurrentSnapshot.GetSiloStatus(silo.SiloAddress) is var status && status == SiloStatus.Active
            ? Results.Text("healthy\n") : Results.Text($"{status}\n", statusCode: StatusCodes.Status503ServiceUnavailable));
        app.MapPrometheusScrapingEndpoint();
        app.MapOrleansDashboard(Dashboard);
        return app;
    }

    /// <summary>The dashboard shows logs, and with them names of files: to who is on this machine, and not to a page of elsewhere that a browser here was sent to (by the name that it asks for).</summary>
    private static Task KeepFromOthers(HttpContext context, RequestDelegate next)
    {
        if (!context.Request.Path.StartsWithSegments(Dashboard, StringComparison.OrdinalIgnoreCase)) return next(context);
        bool isHere = context.Connection.RemoteIpAddress is { } caller && IPAddress.IsLoopback(caller);
        bool asksHere = context.Request.Host.Host is "localhost" || (IPAddress.TryParse(context.Request.Host.Host, out var asked) && IPAddress.IsLoopback(asked));
        if (isHere && asksHere) return next(context);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsync("The dashboard answers on this machine alone: ask for it as localhost, through a tunnel from elsewhere.\n");
    }
}
