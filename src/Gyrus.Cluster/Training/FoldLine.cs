using System.Text;
using System.Text.Json;

namespace Gyrus.Cluster.Training;

/// <summary>A fold that was trained, as a line of JSON.</summary>
/// <param name="Fold">Its number.</param>
/// <param name="Run">The package of its run's folder.</param>
public sealed record FoldLine(string Fold, string Run)
{
    /// <summary>The line, with its end.</summary>
    public string Write() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web) + "\n";

    /// <summary>Reads lines, each with its end.</summary>
    /// <param name="lines">In UTF-8.</param>
    /// <exception cref="JsonException">They are none.</exception>
    public static IEnumerable<FoldLine> Read(byte[] lines) =>
        Encoding.UTF8.GetString(lines).Split('\n')[..^1].Select(line => JsonSerializer.Deserialize<FoldLine>(line, JsonSerializerOptions.Web) ?? throw new JsonException("a line is null"));
}
