using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Gyrus.Imaging.Labels;

namespace Gyrus.Inference;

/// <summary>An answer as JSON, the same on the command line and over HTTP. Programs depend on these names: see
/// <c>docs/formats.md</c>.</summary>
public static class AnswerJson
{
    /// <summary>The field of a line that has what made the answer.</summary>
    public const string RecipeField = "made_by";

    // Lines go to programs and files, not into web pages: names of files stay readable.
    private static readonly JsonWriterOptions LineOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A result as a line of JSON without its end: an object of <c>path</c>, the fields of <see cref="WriteFields"/> and, where one was asked for,
    /// <c>heatmap</c> and, if it is of a label, <c>heatmapLabel</c>.</summary>
    /// <param name="result">The result.</param>
    /// <param name="recipe">What made it, for <see cref="RecipeField"/>; left out where null.</param>
    public static string Line(ScanResult result, string? recipe = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        var line = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(line, LineOptions))
        {
            json.WriteStartObject();
            json.WriteString("path", result.Path);
            WriteFields(json, result);
            if (result.HeatMap is not null) json.WriteString("heatmap", result.HeatMap);
            if (result.HeatMapLabel is { } of) json.WriteString("heatmapLabel", of.Name);
            if (recipe is not null) json.WriteString(RecipeField, recipe);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(line.WrittenSpan);
    }

    /// <summary>Writes <c>label</c>, <c>probabilities</c>, <c>tumour</c>, <c>modality</c>, <c>threshold</c>,
    /// <c>verdict</c>, <c>type</c>, <c>set</c>, <c>accepted</c>, <c>reason</c> and <c>worth</c>, or <c>error</c> alone, into an object
    /// that the caller has begun with the file's <c>path</c>.</summary>
    public static void WriteFields(Utf8JsonWriter json, ScanResult result)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(result);
        if (result.Probabilities is null)
        {
            json.WriteString("error", result.Error);
            return;
        }
        json.WriteString("label", result.Label!.Name);
        json.WritePropertyName("probabilities");
        WriteProbabilities(json, result);
        WriteNumber(json, "tumour", result.Tumour);
        json.WriteString("modality", ModalityName(result));
        WriteNumber(json, "threshold", result.Threshold);
        json.WriteString("verdict", Verdict(result));
        json.WriteString("type", result.Type?.Name);
        if (result.Set is { } set)
        {
            json.WriteStartArray("set");
            foreach (var label in set) json.WriteStringValue(label.Name);
            json.WriteEndArray();
        }
        else
        {
            json.WriteNull("set");
        }
        json.WriteBoolean("accepted", result.Accepted);
        json.WriteString("reason", result.Reason);
        json.WriteString("worth", result.Worth);
    }

    /// <summary>Writes an object of the labels and their probabilities, of a result that has them.</summary>
    public static void WriteProbabilities(Utf8JsonWriter json, ScanResult result)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(result);
        json.WriteStartObject();
        foreach (var (label, probability) in result.Labels!.All.Zip(result.Probabilities!))
        {
            json.WritePropertyName(label.Name);
            json.WriteRawValue(SixDecimals(probability));
        }
        json.WriteEndObject();
    }

    /// <summary>A probability as every format has it: six decimals.</summary>
    public static string SixDecimals(double value) => value.ToString("0.000000", CultureInfo.InvariantCulture);

    /// <summary><c>tumour</c> or <c>healthy</c>; null where the labels do not tell.</summary>
    public static string? Verdict(ScanResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.IsTumour switch
        {
            true => "tumour",
            false => "healthy",
            null => null,
        };
    }

    /// <summary><c>ct</c> or <c>mri</c>; null where the labels do not tell.</summary>
    public static string? ModalityName(ScanResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Modality switch
        {
            Modality.Ct => "ct",
            Modality.Mri => "mri",
            _ => null,
        };
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is null)
        {
            json.WriteNull(name);
            return;
        }
        json.WritePropertyName(name);
        json.WriteRawValue(SixDecimals(value.Value));
    }
}
