using System.Text.Json;
using Gyrus.Inference.HeatMaps;

namespace Gyrus.Inference.Studies;

/// <summary>The answers to studies in numbered files as JSON, the same from the service and in a browser: see <c>docs/service.md</c>.</summary>
public static class NumberedStudiesJson
{
    /// <summary>Writes the answers to studies, with one for each slice of each series.</summary>
    /// <param name="json">Takes an object.</param>
    /// <param name="studies">The studies.</param>
    /// <param name="answers">The answers.</param>
    /// <param name="heatMaps">Whether heat maps of the slices were asked for.</param>
    public static void Write(Utf8JsonWriter json, NumberedStudies studies, IReadOnlyList<StudyAnswer> answers, bool heatMaps)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(studies);
        ArgumentNullException.ThrowIfNull(answers);
        json.WriteStartObject();
        json.WriteStartArray("studies");
        foreach (var study in answers)
        {
            json.WriteStartObject();
            StudyJson.WriteFields(json, study, series =>
            {
                json.WriteStartArray("answers");
                if (series.Slices.Count > 0) foreach (var slice in series.Slices) Write(json, slice.Slice, slice, studies.Numbers[slice.Slice]);
                else foreach (var slice in series.Stack.Slices) Write(json, slice, null, studies.Numbers[slice]);
                json.WriteEndArray();
                if (heatMaps) json.WriteNumber("heatmapLimit", Math.Round(EvidenceScale.Of(series.Slices.Select(slice => slice.Result.Evidence?.Map).OfType<EvidenceMap>()).Limit, 6));
            });
            json.WriteEndObject();
        }
        json.WriteEndArray();
        WriteTexts(json, "others", studies.Others);
        json.WriteNumber("duplicates", studies.Duplicates);
        WriteTexts(json, "faults", studies.Faults);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, SeriesSlice slice, SliceAnswer? answer, int file)
    {
        json.WriteStartObject();
        json.WriteNumber("file", file);
        json.WriteString("path", slice.Path);
        if (slice.Frame is { } frame) json.WriteNumber("frame", frame + 1);
        else json.WriteNull("frame");
        json.WritePropertyName("tumour");
        if (answer?.Result.Tumour is { } tumour) json.WriteRawValue(AnswerJson.SixDecimals(tumour));
        else json.WriteNullValue();
        json.WriteBoolean("accepted", answer?.Result.Accepted == true);
        json.WriteBoolean("counts", answer?.Counts == true);
        json.WriteString("reason", answer?.Result.Reason ?? answer?.Result.Error);
        if (answer?.Result.Evidence is { } evidence) Write(json, evidence);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, PlacedEvidence evidence)
    {
        var (map, area) = evidence;
        json.WriteStartObject("heatmap");
        json.WriteNumber("width", map.Width);
        json.WriteNumber("height", map.Height);
        json.WriteStartArray("area");
        foreach (double side in (double[])[area.Left, area.Top, area.Width, area.Height]) json.WriteNumberValue(Math.Round(side, 6));
        json.WriteEndArray();
        json.WriteStartArray("values");
        foreach (float value in map.Values) json.WriteNumberValue(Math.Round(value, 4));
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
