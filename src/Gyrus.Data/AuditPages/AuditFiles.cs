using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Gyrus.Data.Audit;

namespace Gyrus.Data.AuditPages;

/// <summary>The files of an audit.</summary>
public static class AuditFiles
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // Read as a file, never put into a page.
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The report as <c>audit.json</c> holds it.</summary>
    public static string ToJson(AuditReport report) => JsonSerializer.Serialize(report, Json);

    /// <summary>Writes <c>audit.json</c> and <c>index.html</c> into a folder, made where it is missing.</summary>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public static void Write(AuditReport report, string folder)
    {
        AtomicFile.WriteText(Path.Combine(folder, "audit.json"), ToJson(report) + "\n");
        AtomicFile.WriteText(Path.Combine(folder, "index.html"), AuditPage.Render(report));
    }
}
