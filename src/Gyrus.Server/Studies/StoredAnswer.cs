using System.Buffers;
using System.Text.Json;
using Gyrus.Inference.Studies;

namespace Gyrus.Server.Studies;

/// <summary>The answer to a study as it is kept and given.</summary>
/// <param name="Objects">The objects that it is of.</param>
/// <param name="IsReported">Whether its report is in the archive, where one takes reports.</param>
/// <param name="Json">The whole answer: <c>status</c>, <c>objects</c>, <c>reported</c>, and the fields of <see cref="StudyJson"/>.</param>
internal sealed record StoredAnswer(int Objects, bool IsReported, byte[] Json)
{
    /// <summary>Makes it of an answer.</summary>
    /// <param name="study">The answer.</param>
    /// <param name="objects">The objects that it is of.</param>
    /// <param name="isReported">Whether its report is in the archive.</param>
    public static StoredAnswer Of(StudyAnswer study, int objects, bool isReported)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("status", "answered");
            json.WriteNumber("objects", objects);
            json.WriteBoolean("reported", isReported);
            StudyJson.WriteFields(json, study);
            json.WriteEndObject();
        }
        return new(objects, isReported, bytes.WrittenSpan.ToArray());
    }

    /// <summary>Reads it.</summary>
    /// <param name="json">The file.</param>
    /// <returns>Null where it is no answer, so that the study is answered anew.</returns>
    public static StoredAnswer? Read(byte[] json)
    {
        try
        {
            using var answer = JsonDocument.Parse(json);
            return new(answer.RootElement.GetProperty("objects").GetInt32(), answer.RootElement.GetProperty("reported").GetBoolean(), json);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
