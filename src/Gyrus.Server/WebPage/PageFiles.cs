using Gyrus.Imaging.Decoding;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Gyrus.Server.WebPage;

/// <summary>The page: files inside this assembly, so that nothing is fetched from elsewhere.</summary>
internal static class PageFiles
{
    private static readonly Dictionary<string, (string File, string Type)> Files = new()
    {
        ["/"] = ("index.html", "text/html; charset=utf-8"),
        [ApiPage.Path] = ("api.html", "text/html; charset=utf-8"),
        ["/api.js"] = ("api.js", "text/javascript; charset=utf-8"),
        ["/page.css"] = ("page.css", "text/css; charset=utf-8"),
        ["/page.js"] = ("page.js", "text/javascript; charset=utf-8"),
        ["/answers.js"] = ("answers.js", "text/javascript; charset=utf-8"),
        ["/history.js"] = ("history.js", "text/javascript; charset=utf-8"),
        ["/seen.js"] = ("seen.js", "text/javascript; charset=utf-8"),
        ["/service.js"] = ("service.js", "text/javascript; charset=utf-8"),
        ["/text.js"] = ("text.js", "text/javascript; charset=utf-8"),
    };

    /// <summary>The page's paths, which need no key: a browser gives one only once it has the page.</summary>
    public static IReadOnlyCollection<string> Paths => Files.Keys;

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var (path, (file, type)) in Files)
            routes.MapGet(path, () => Results.Text(Text(file), type)).ExcludeFromDescription();
    }

    private static string Text(string file)
    {
        using var stream = typeof(PageFiles).Assembly.GetManifestResourceStream("page/" + file)
            ?? throw new InvalidOperationException($"the page's file {file} is not in the assembly");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd()
            .Replace("{{formats}}", ImageFormats.Titles, StringComparison.Ordinal)
            .Replace("{{extensions}}", string.Join(',', ImageFormats.Read.SelectMany(format => format.Extensions)), StringComparison.Ordinal);
    }
}
