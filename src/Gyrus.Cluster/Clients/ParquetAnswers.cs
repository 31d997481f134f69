using System.Text.Json;
using Gyrus.Inference;
using Parquet;
using Parquet.Schema;

namespace Gyrus.Cluster.Clients;

/// <summary>Answers as a table of Apache Parquet: a row a line of JSON, with its fields as columns, a set's labels joined by blanks, and a column <c>probability_LABEL</c> each.</summary>
public static class ParquetAnswers
{
    private const string ProbabilityPrefix = "probability_";

    private static readonly string[] Texts = ["path", "label", "verdict", "modality", "type", "set", "reason", "worth", "error", AnswerJson.RecipeField];
    private static readonly string[] Numbers = ["tumour", "threshold"];

    /// <summary>Writes a table, a row group a block of lines: memory holds one.</summary>
    /// <param name="output">Takes the file; one that can be gone back in.</param>
    /// <param name="blocks">Gives the lines, from the first, each time it is called: it is gone through twice, since the first answer names the labels.</param>
    public static async Task Write(Stream output, Func<IAsyncEnumerable<byte[]>> blocks)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        var labels = await Labels(blocks());
        var schema = new ParquetSchema([
            .. Texts.Select(name => new DataField<string>(name, nullable: true)),
            .. Numbers.Concat(labels.Select(label => ProbabilityPrefix + label)).Select(name => new DataField<double?>(name)),
            new DataField<bool?>("accepted")]);
        await using var writer = await ParquetWriter.CreateAsync(schema, output);
        await foreach (var block in blocks())
        {
            var rows = Rows(block);
            using var group = writer.CreateRowGroup();
            foreach (var field in schema.DataFields)
            {
                if (Texts.Contains(field.Name)) await group.WriteAsync(field, rows.ConvertAll(row => Text(row, field.Name)!));
                else if (field.Name == "accepted") await group.WriteAsync<bool>(field, rows.ConvertAll(row => Value(row, field.Name)?.GetBoolean()).ToArray());
                else await group.WriteAsync<double>(field, rows.ConvertAll(row => Number(row, field.Name)).ToArray());
            }
        }
    }

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
        { ValueKind: JsonValueKind.Array } set => string.Join(' ', set.EnumerateArray().Select(label => label.GetString())),
        { } text => text.GetString(),
    };

    private static double? Number(JsonElement row, string name) => !name.StartsWith(ProbabilityPrefix, StringComparison.Ordinal) ? Value(row, name)?.GetDouble()
        : Value(row, "probabilities") is { } probabilities ? Value(probabilities, name[ProbabilityPrefix.Length..])?.GetDouble() : null;

    private static JsonElement? Value(JsonElement row, string name) => row.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
