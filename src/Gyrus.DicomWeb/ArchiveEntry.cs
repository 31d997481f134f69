using System.Text.Json;

namespace Gyrus.DicomWeb;

/// <summary>A study or series that an archive has.</summary>
/// <param name="StudyUid">The study.</param>
/// <param name="SeriesUid">The series; empty for a study.</param>
/// <param name="Modality">CT, MR and others; empty for a study, or where the archive does not say it.</param>
public sealed record ArchiveEntry(string StudyUid, string SeriesUid = "", string Modality = "")
{
    /// <summary>Reads one of an answer in the DICOM JSON model: PS3.18 annex F.</summary>
    /// <param name="entry">An object of attributes.</param>
    internal static ArchiveEntry Of(JsonElement entry) => new(Text(entry, "0020000D"), Text(entry, "0020000E"), Text(entry, "00080060"));

    /// <summary>The first value of an attribute; empty where there is none.</summary>
    internal static string Text(JsonElement entry, string tag) =>
        entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty(tag, out var attribute) && attribute.ValueKind == JsonValueKind.Object
        && attribute.TryGetProperty("Value", out var values) && values.ValueKind == JsonValueKind.Array && values.GetArrayLength() > 0
            ? values[0].ValueKind == JsonValueKind.String ? values[0].GetString()! : values[0].GetRawText()
            : "";
}
