using System.Buffers;
using System.Text.Json;

namespace Gyrus.Server.Studies;

/// <summary>What was taken of a request to store objects, in the DICOM JSON model: PS3.18 section 10.5.3 and annex I.</summary>
internal static class StowAnswer
{
    /// <summary>The answer.</summary>
    /// <param name="sent">The objects.</param>
    public static byte[] Json(IReadOnlyList<SentObject> sent)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            Sequence(json, "00081198", sent.Where(one => one.Failure is not null), (one, item) => Attribute(item, "00081197", "US", one.Failure!.Value));
            Sequence(json, "00081199", sent.Where(one => one.Failure is null), (_, _) => { });
            json.WriteEndObject();
        }
        return bytes.WrittenSpan.ToArray();
    }

    private static void Sequence(Utf8JsonWriter json, string tag, IEnumerable<SentObject> of, Action<SentObject, Utf8JsonWriter> more)
    {
        if (!of.Any()) return;
        json.WriteStartObject(tag);
        json.WriteString("vr", "SQ");
        json.WriteStartArray("Value");
        foreach (var one in of)
        {
            json.WriteStartObject();
            if (one.ClassUid.Length > 0) Attribute(json, "00081150", "UI", one.ClassUid);
            if (one.InstanceUid.Length > 0) Attribute(json, "00081155", "UI", one.InstanceUid);
            more(one, json);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Attribute(Utf8JsonWriter json, string tag, string representation, object value)
    {
        json.WriteStartObject(tag);
        json.WriteString("vr", representation);
        json.WriteStartArray("Value");
        if (value is int number) json.WriteNumberValue(number);
        else json.WriteStringValue((string)value);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
