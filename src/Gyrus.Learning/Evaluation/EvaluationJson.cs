using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gyrus.Learning;

/// <summary>An evaluation for programs.</summary>
public static class EvaluationJson
{
    /// <summary>
    /// Writes a report as indented JSON with the names of <see cref="EvaluationReport"/> in camel case; a figure that
    /// is not defined is null. The layout is persisted: <see cref="EvaluationReport.CurrentFormatVersion"/> counts it.
    /// </summary>
    public static string Write(EvaluationReport report) =>
        JsonSerializer.Serialize(report, EvaluationJsonContext.Default.EvaluationReport) + "\n";
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    NewLine = "\n",
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(EvaluationReport))]
internal sealed partial class EvaluationJsonContext : JsonSerializerContext;
