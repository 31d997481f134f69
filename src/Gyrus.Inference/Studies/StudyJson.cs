using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Gyrus.Models.Trust;

namespace Gyrus.Inference.Studies;

/// <summary>The answer to a study as JSON, the same on the command line and over HTTP. Programs depend on these names: see <c>docs/formats.md</c>.</summary>
public static class StudyJson
{
    // Lines go to programs and files, not into web pages: names of files stay readable.
    private static readonly JsonWriterOptions LineOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A study's lines of JSON, each with its end: one object of it, or one of each of its series.</summary>
    /// <param name="study">The answer.</param>
    /// <param name="level">What a line is of: a study or a series.</param>
    /// <param name="recipe">What made it, for <see cref="AnswerJson.RecipeField"/>; left out where null.</param>
    public static string Lines(StudyAnswer study, AnswerLevel level, string? recipe = null)
    {
        ArgumentNullException.ThrowIfNull(study);
        return level == AnswerLevel.Study ? Line(json => WriteFields(json, study), recipe)
            : string.Concat(study.Series.Select(series => Line(json => WriteFields(json, series), recipe)));
    }

    /// <summary>Writes <c>path</c>, <c>study</c>, <c>tumour</c>, <c>threshold</c>, <c>verdict</c>, <c>accepted</c>, <c>reason</c> and <c>series</c> into an object that the caller has
    /// begun.</summary>
    /// <param name="json">Takes them.</param>
    /// <param name="study">The answer.</param>
    /// <param name="more">Writes further fields of a series; null for none.</param>
    public static void WriteFields(Utf8JsonWriter json, StudyAnswer study, Action<SeriesAnswer>? more = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(study);
        json.WriteString("path", study.Path);
        json.WriteString("study", study.Uid);
        WriteVerdict(json, study.Tumour, study.IsTumour);
        json.WriteBoolean("accepted", study.Accepted);
        json.WriteString("reason", study.Reason);
        json.WriteStartArray("series");
        foreach (var series in study.Series)
        {
            json.WriteStartObject();
            WriteFields(json, series);
            more?.Invoke(series);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>Writes the same of a series, with how it was imaged and the slices that its answer rests on (<c>carrying</c>).</summary>
    public static void WriteFields(Utf8JsonWriter json, SeriesAnswer series)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(series);
        var stack = series.Stack;
        json.WriteString("path", stack.Path);
        json.WriteString("study", stack.StudyUid);
        json.WriteString("series", stack.SeriesUid);
        json.WriteString("description", stack.Description);
        json.WriteString("modality", stack.Modality.ToLowerInvariant());
        json.WriteString("modalitySeen", series.Modality switch { Imaging.Labels.Modality.Ct => "ct", Imaging.Labels.Modality.Mri => "mr", _ => "" });
        json.WriteString("sequence", stack.Sequence);
        json.WriteString("sequenceSeen", series.Sequence);
        json.WriteString("plane", stack.Plane);
        if (stack.Spacing is { } spacing) json.WriteNumber("spacing", Math.Round(spacing, 4));
        else json.WriteNull("spacing");
        json.WriteNumber("slices", stack.Slices.Count);
        json.WriteNumber("counted", series.Slices.Count(slice => slice.Counts));
        WriteVerdict(json, series.Tumour, series.IsTumour);
        json.WriteString("type", series.Type?.Name);
        json.WriteBoolean("accepted", series.Accepted);
        json.WriteString("reason", series.Reason);
        json.WriteStartArray("carrying");
        foreach (var slice in series.Carrying)
        {
            json.WriteStartObject();
            json.WriteString("path", slice.Slice.Path);
            if (slice.Slice.Frame is { } frame) json.WriteNumber("frame", frame + 1);
            else json.WriteNull("frame");
            json.WritePropertyName("tumour");
            json.WriteRawValue(AnswerJson.SixDecimals(slice.Result.Tumour ?? 0));
            if (slice.Result.HeatMap is { } map) json.WriteString("heatmap", map);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary><c>tumour</c> or <c>healthy</c>; null where there is no answer.</summary>
    public static string? Verdict(bool? isTumour) => isTumour switch { true => "tumour", false => "healthy", null => null };

    private static string Line(Action<Utf8JsonWriter> write, string? recipe)
    {
        var line = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(line, LineOptions))
        {
            json.WriteStartObject();
            write(json);
            if (recipe is not null) json.WriteString(AnswerJson.RecipeField, recipe);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(line.WrittenSpan) + "\n";
    }

    private static void WriteVerdict(Utf8JsonWriter json, double? tumour, bool? isTumour)
    {
        json.WritePropertyName("tumour");
        if (tumour is { } probability) json.WriteRawValue(AnswerJson.SixDecimals(probability));
        else json.WriteNullValue();
        json.WriteNumber("threshold", PooledTrust.Threshold);
        json.WriteString("verdict", Verdict(isTumour));
    }
}
