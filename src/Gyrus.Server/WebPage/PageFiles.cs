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
        ["/bytes.js"] = ("bytes.js", "text/javascript; charset=utf-8"),
        ["/computer.js"] = ("computer.js", "text/javascript; charset=utf-8"),
        ["/computer-worker.js"] = ("computer-worker.js", "text/javascript; charset=utf-8"),
        ["/codecs.js"] = ("codecs.js", "text/javascript; charset=utf-8"),
        ["/curve.js"] = ("curve.js", "text/javascript; charset=utf-8"),
        ["/dicom.js"] = ("dicom.js", "text/javascript; charset=utf-8"),
        ["/evidence.js"] = ("evidence.js", "text/javascript; charset=utf-8"),
        ["/history.js"] = ("history.js", "text/javascript; charset=utf-8"),
        ["/nifti.js"] = ("nifti.js", "text/javascript; charset=utf-8"),
        ["/pictures.js"] = ("pictures.js", "text/javascript; charset=utf-8"),
        ["/seen.js"] = ("seen.js", "text/javascript; charset=utf-8"),
        ["/service.js"] = ("service.js", "text/javascript; charset=utf-8"),
        ["/study.js"] = ("study.js", "text/javascript; charset=utf-8"),
        ["/text.js"] = ("text.js", "text/javascript; charset=utf-8"),
        ["/viewer.js"] = ("viewer.js", "text/javascript; charset=utf-8"),
    };

    /// <summary>The page's paths, which need no key: a browser gives one only once it has the page.</summary>
    public static IReadOnlyCollection<string> Paths { get; } = [.. Files.Keys, .. PageLibraries.Paths, .. ComputerFiles.Paths];

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var (path, (file, type)) in Files)
            routes.MapGet(path, () => Results.Text(Text(file), type)).ExcludeFromDescription();
        PageLibraries.Map(routes);
        ComputerFiles.Map(routes);
    }

    /// <summary>A file of the assembly; null where this build has none of that name.</summary>
    public static string? Embedded(string file)
    {
        using var stream = typeof(PageFiles).Assembly.GetManifestResourceStream("page/" + file);
        if (stream is null) return null;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static string Text(string file)
    {
        var text = Embedded(file) ?? throw new InvalidOperationException($"the page's file {file} is not in the assembly");
        return text
            .Replace("{{formats}}", ImageFormats.Titles, StringComparison.Ordinal)
            .Replace("{{extensions}}", string.Join(',', ImageFormats.Read.SelectMany(format => format.Extensions)), StringComparison.Ordinal);
    }
}
