using System.Globalization;
using System.Text.Json.Nodes;

namespace Gyrus.Testing;

/// <summary>Exchanges single numbers, texts and lists of JSON, for tests of what reads it.</summary>
public static class JsonMutation
{
    /// <summary>JSON that is out of place almost everywhere.</summary>
    public static readonly string[] Values =
    [
        "null", "-1", "0", "1", "7", "0.5", "-0.0", "1e-320", "1e308", "1e999", "-1e999", "2147483648", "-9223372036854775809", "\"\"",
        "\" \"", "\"NaN\"", "\"logits\"", "true", "[]", "[null]", "[1]", "{}", "{\"a\":null}",
    ];

    /// <summary>Every member and element, at any depth, as a path of names and numbers.</summary>
    public static IEnumerable<string> Places(string json) => Places(JsonNode.Parse(json)!);

    private static IEnumerable<string> Places(JsonNode node, string at = "") => node switch
    {
        JsonObject members => members.SelectMany(member => Below(member.Value, $"{at}/{member.Key}")),
        JsonArray elements => elements.SelectMany((element, i) => Below(element, string.Create(CultureInfo.InvariantCulture, $"{at}/{i}"))),
        _ => [],
    };

    private static IEnumerable<string> Below(JsonNode? node, string at) => node is null ? [at] : [at, .. Places(node, at)];

    /// <summary>The text with what is at a place exchanged.</summary>
    /// <param name="json">The text.</param>
    /// <param name="place">One of <see cref="Places(string)"/>.</param>
    /// <param name="value">JSON to put there; null to take the place away.</param>
    public static string Exchanged(string json, string place, string? value)
    {
        var root = JsonNode.Parse(json)!;
        var steps = place.Split('/')[1..];
        var node = root;
        foreach (var step in steps[..^1]) node = node is JsonArray list ? list[int.Parse(step, CultureInfo.InvariantCulture)]! : node[step]!;
        const string mark = "here it is exchanged";
        if (node is JsonArray array)
        {
            int index = int.Parse(steps[^1], CultureInfo.InvariantCulture);
            if (value is null) array.RemoveAt(index);
            else array[index] = mark;
        }
        else if (value is null)
        {
            node.AsObject().Remove(steps[^1]);
        }
        else
        {
            node[steps[^1]] = mark;
        }
        return root.ToJsonString().Replace($"\"{mark}\"", value, StringComparison.Ordinal);
    }
}
