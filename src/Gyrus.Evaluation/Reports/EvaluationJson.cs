using System.Text.Json;
using System.Text.Json.Serialization;
using Gyrus.Evaluation.Statistics;

namespace Gyrus.Evaluation.Reports;

/// <summary>An evaluation for programs.</summary>
public static class EvaluationJson
{
    /// <summary>
    /// Writes a report as indented JSON with the names of <see cref="EvaluationReport"/> in camel case; a figure that
    /// is not defined is null. The layout is persisted: <see cref="EvaluationReport.CurrentFormatVersion"/> counts it.
    /// </summary>
    public static string Write(EvaluationReport report) =>
        JsonSerializer.Serialize(report, EvaluationJsonContext.Default.EvaluationReport) + "\n";

    /// <summary>Reads a report that <see cref="Write"/> wrote.</summary>
    /// <exception cref="GyrusException">The file is not there, is damaged, of another version, or holds a number that no
    /// evaluation gives.</exception>
    public static EvaluationReport Read(string path)
    {
        try
        {
            var report = JsonSerializer.Deserialize(
                File.ReadAllBytes(path), EvaluationJsonContext.Default.EvaluationReport) ?? throw new JsonException("it holds null");
            if (report.FormatVersion != EvaluationReport.CurrentFormatVersion)
                throw new GyrusException($"{path}: an evaluation of another version. Evaluate again.");
            EvaluationCheck.Run(path, report);
            return report;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new GyrusException($"{path}: no readable evaluation ({e.Message}). Evaluate first, and name the file that this writes.", e);
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    NewLine = "\n",
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(EvaluationReport))]
[JsonSerializable(typeof(Figure))]
internal sealed partial class EvaluationJsonContext : JsonSerializerContext;
