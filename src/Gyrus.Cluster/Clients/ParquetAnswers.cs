using System.Text.Json;
using Gyrus.Inference;
using Gyrus.Inference.Studies;
using Parquet;
using Parquet.Schema;

namespace Gyrus.Cluster.Clients;

/// <summary>Answers as a table of Apache Parquet: a row a line of JSON, with its fields as columns. A set's labels are joined by blanks, of images a column <c>probability_LABEL</c> is there for
/// each label, and lists of objects, as a study's series and the slices that an answer rests on, stay JSON in a column of text.</summary>
public static class ParquetAnswers
{
    private const string ProbabilityPrefix = "probability_";

    private const string Accepted = "accepted";

    /// <summary>Writes a table, a row group a block of lines: memory holds one.</summary>
    /// <param name="output">Takes the file; one that can be gone back in.</param>
    /// <param name="level">What an answer is of.</param>
    /// <param name="blocks">Gives the lines, from the first, each time it is called: it is gone through twice, since the first answer names the labels.</param>
    public static async Task Write(Stream output, AnswerLevel level, Func<IAsyncEnumerable<byte[]>> blocks)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        IReadOnlyList<string> labels = level == AnswerLevel.Slice ? await Labels(blocks()) : [];
        var texts = Texts(level);
        var schema = new ParquetSchema([
            .. texts.Select(name => new DataField<string>(name, nullable: true)),
            .. Numbers(level).Concat(labels.Select(label => ProbabilityPrefix + label)).Select(name => new DataField<double?>(name)),
            new DataField<bool?>(Accepted)]);
        await using var writer = await ParquetWriter.CreateAsync(schema, output);
        await foreach (var block in blocks())
        {
            var rows = Rows(block);
            using var group = writer.CreateRowGroup();
            foreach (var field in schema.DataFields)
            {
                if (texts.Contains(field.Name)) await group.WriteAsync(field, rows.ConvertAll(row => Text(row, field.Name)!));
                else if (field.Name == Accepted) await group.WriteAsync<bool>(field, rows.ConvertAll(row => Value(row, field.Name)?.GetBoolean()).ToArray());
                else await group.WriteAsync<double>(field, rows.ConvertAll(row => Number(row, field.Name)).ToArray());
            }
        }
    }

    private static string[] Texts(AnswerLevel level) => level switch
    {
        AnswerLevel.Slice => ["path", "label", "verdict", "modality", "type", "set", "reason", "worth", "error", AnswerJson.RecipeField],
        AnswerLevel.Series =>
        [
            "path", "study", "series", "description", "modality", "modalitySeen", "sequence", "sequenceSeen", "plane", "verdict", "type", "reason", "carrying", "error", AnswerJson.RecipeField,
        ],
        _ => ["path", "study", "verdict", "reason", "series", "error", AnswerJson.RecipeField],
    };

    private static string[] Numbers(AnswerLevel level) => level == AnswerLevel.Series ? ["spacing", "slices", "counted", "tumour", "threshold"] : ["tumour", "threshold"];

    private static async Task<IReadOnlyList<string>> Labels(IAsyncEnumerable<byte[]> blocks)
    {
        await foreach (var block in blocks)
        {
            foreach (var row in Rows(block))
            {
                if (Value(row, "probabilities") is { } probabilities) return [.. probabilities.EnumerateObject().Select(label => label.Name)];
            }
        }
        return [];
    }

    private static List<JsonElement> Rows(byte[] block)
    {
        var rows = new List<JsonElement>();
        for (var rest = block.AsMemory(); !rest.IsEmpty;)
        {
            int end = rest.Span.IndexOf((byte)'\n');
            rows.Add(JsonElement.Parse(rest.Span[..end]));
            rest = rest[(end + 1)..];
        }
        return rows;
    }

    private static string? Text(JsonElement row, string name) => Value(row, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Array } list when list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) => string.Join(' ', list.EnumerateArray()),
        { ValueKind: JsonValueKind.Array } list => list.GetRawText(),
        { } text => text.GetString(),
    };

    private static double? Number(JsonElement row, string name) => !name.StartsWith(ProbabilityPrefix, StringComparison.Ordinal) ? Value(row, name)?.GetDouble()
        : Value(row, "probabilities") is { } probabilities ? Value(probabilities, name[ProbabilityPrefix.Length..])?.GetDouble() : null;

    private static JsonElement? Value(JsonElement row, string name) => row.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
