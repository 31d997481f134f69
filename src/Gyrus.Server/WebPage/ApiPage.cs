using Gyrus.Server.Keys;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace Gyrus.Server.WebPage;

/// <summary>The page that describes the API and tries it: Scalar's, begun by a page of ours, since its own has a script in
/// its text.</summary>
internal static class ApiPage
{
    /// <summary>Its address.</summary>
    public const string Path = "/api";

    private const string KeyScheme = "key";

    /// <summary>What the page is made of beside its own files. It needs no key: it tells of the API, not of images, and a browser gives a
    /// key only once it has it.</summary>
    public static IReadOnlyList<string> Parts { get; } = ["/api/scalar.js", "/openapi/v1.json"];

    public static void Map(IEndpointRouteBuilder routes) => routes.MapScalarApiReference(Path);

    /// <summary>Adds to the description what the endpoints do not say: its title and the key.</summary>
    public static Task Describe(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        document.Info.Title = "Gyrus";
        document.Info.Description = "What a trained network sees in CT and MRI images of a head. Research software, not a medical device.";
        document.Info.Version = typeof(ApiPage).Assembly.GetName().Version!.ToString(3);
        document.Components ??= new OpenApiComponents();
        document.AddComponent(KeyScheme, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = CallerKey.Header,
            Description = "Needed where the service has keys.",
        });
        document.Security = [[], new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(KeyScheme, document)] = [] }];
        return Task.CompletedTask;
    }
}
