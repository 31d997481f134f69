using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Gyrus.Server.WebPage;

/// <summary>What a browser needs to classify scans itself: Gyrus as WebAssembly and ONNX Runtime, files in a folder beside this program. A build without them has scans classified by the
/// service alone.</summary>
internal static class ComputerFiles
{
    private const string Folder = "computer";

    private static readonly Dictionary<string, Lazy<PackedFile>> Files = Found();

    /// <summary>Whether this build has them.</summary>
    public static bool AreThere => Files.Count > 0;

    /// <summary>Their paths, which need no key, as those of the page.</summary>
    public static IReadOnlyCollection<string> Paths => Files.Keys;

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var (path, file) in Files)
            routes.MapGet(path, (HttpContext context) => file.Value.Answer(context)).ExcludeFromDescription();
    }

    private static Dictionary<string, Lazy<PackedFile>> Found()
    {
        var folder = new DirectoryInfo(Path.Combine(AppContext.BaseDirectory, Folder));
        return folder.Exists ? folder.GetFiles().ToDictionary(file => $"/{Folder}/{file.Name}", file => new Lazy<PackedFile>(() => PackedFile.Read(file.FullName))) : [];
    }

    /// <summary>A file as it is sent.</summary>
    /// <param name="Packed">Its bytes, by gzip, which every browser takes that can run them.</param>
    /// <param name="Type">Its media type.</param>
    /// <param name="Tag">Tells it from other versions.</param>
    private sealed record PackedFile(byte[] Packed, string Type, EntityTagHeaderValue Tag)
    {
        public static PackedFile Read(string path)
        {
            var bytes = File.ReadAllBytes(path);
            using var packed = new MemoryStream();
            using (var gzip = new GZipStream(packed, CompressionLevel.Optimal)) gzip.Write(bytes);
            var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))}\"");
            return new(packed.ToArray(), Path.GetExtension(path) == ".wasm" ? "application/wasm" : "text/javascript; charset=utf-8", tag);
        }

        public IResult Answer(HttpContext context)
        {
            context.Response.Headers.ContentEncoding = "gzip";
            // Kept, and asked for anew with the tag each time.
            context.Response.Headers.CacheControl = "no-cache";
            return Results.Bytes(Packed, Type, entityTag: Tag);
        }
    }
}
