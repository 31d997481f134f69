using System.IO.Compression;
using Gyrus.Dicom.Pixels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Gyrus.Server.WebPage;

/// <summary>What the page draws DICOM with that others made: the parser of its attributes, and the codecs of packed pixels, which the service itself uses. A build without
/// them has neither, and the page says so.</summary>
internal static class PageLibraries
{
    private const string Parser = "/dicom-parser.js", Codecs = "/dicom-codecs.wasm";

    private static readonly Lazy<byte[]?> PackedCodecs = new(() => CodecModule.Read() is { } wasm ? Packed(wasm) : null);

    /// <summary>Their paths, which need no key, as those of the page.</summary>
    public static IReadOnlyList<string> Paths { get; } = [Parser, Codecs];

    public static void Map(IEndpointRouteBuilder routes)
    {
        // A page that finds no parser there goes on without; one that were missing would be an error in the browser's console.
        var parser = PageFiles.Embedded("dicom-parser.js") is { } script ? $"/*!\n{PageFiles.Embedded("dicom-parser.txt")}*/\n{script}" : "";
        routes.MapGet(Parser, () => Results.Text(parser, "text/javascript; charset=utf-8")).ExcludeFromDescription();
        routes.MapGet(Codecs, (HttpContext context) =>
        {
            if (PackedCodecs.Value is not { } codecs) return Results.NotFound();
            // No browser that runs it takes no gzip.
            context.Response.Headers.ContentEncoding = "gzip";
            return Results.Bytes(codecs, "application/wasm");
        }).ExcludeFromDescription();
    }

    private static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal)) gzip.Write(bytes);
        return packed.ToArray();
    }
}
