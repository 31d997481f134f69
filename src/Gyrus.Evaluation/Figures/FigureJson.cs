using System.Text.Json;
using System.Text.Json.Serialization;
using Gyrus.Evaluation.Statistics;

namespace Gyrus.Evaluation.Figures;

/// <summary>Figures as members of a JSON object.</summary>
internal static class FigureJson
{
    /// <summary>Reads a member that is a figure.</summary>
    public static Figure Read(ref Utf8JsonReader reader, string name, JsonSerializerOptions options) =>
        (Figure?)JsonSerializer.Deserialize(ref reader, options.GetTypeInfo(typeof(Figure))) ?? throw new JsonException($"{name} is null");

    /// <summary>Writes each figure as a member of the object that is begun.</summary>
    public static void Write(Utf8JsonWriter writer, FigureSet figures, JsonSerializerOptions options)
    {
        foreach (var (name, figure) in figures.All)
        {
            writer.WritePropertyName(name);
            JsonSerializer.Serialize(writer, figure, options.GetTypeInfo(typeof(Figure)));
        }
    }
}

/// <summary>A set of figures as an object, one member a figure.</summary>
internal sealed class FigureSetConverter : JsonConverter<FigureSet>
{
    public override FigureSet Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("figures are an object, by their names");
        var figures = new List<KeyValuePair<string, Figure>>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            figures.Add(new(name, FigureJson.Read(ref reader, name, options)));
        }
        return new FigureSet(figures);
    }

    public override void Write(Utf8JsonWriter writer, FigureSet value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        FigureJson.Write(writer, value, options);
        writer.WriteEndObject();
    }
}

/// <summary>The figures of some of the scans as an object: whose they are, how many scans, and a member for each figure.</summary>
internal abstract class CountedFiguresConverter<T>(string whose, Func<string, int, FigureSet, T> make) : JsonConverter<T>
{
    private const string Count = "count";

    protected abstract (string Whose, int Count, FigureSet Figures) Parts(T value);

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException($"the figures of a {whose} are an object");
        string? name = null;
        int? count = null;
        var figures = new List<KeyValuePair<string, Figure>>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = reader.GetString()!;
            reader.Read();
            if (member == whose) name = reader.TokenType == JsonTokenType.String ? reader.GetString() : throw new JsonException($"{whose} is no text");
            else if (member == Count) count = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int number) ? number : throw new JsonException("count is no whole number");
            else figures.Add(new(member, FigureJson.Read(ref reader, member, options)));
        }
        return make(name ?? throw new JsonException($"{whose} is missing"), count ?? throw new JsonException("count is missing"), new FigureSet(figures));
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        var (name, count, figures) = Parts(value);
        writer.WriteStartObject();
        writer.WriteString(whose, name);
        writer.WriteNumber(Count, count);
        FigureJson.Write(writer, figures, options);
        writer.WriteEndObject();
    }
}
