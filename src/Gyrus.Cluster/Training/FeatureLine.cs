using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gyrus.Cluster.Training;

/// <summary>The features of an image, as a line of JSON.</summary>
/// <param name="Path">The image, as the manifest names it.</param>
/// <param name="Sha256">The image file's hash.</param>
/// <param name="Features">[FeatureCount] numbers of 32 bits, the lowest byte first; null where there are none.</param>
/// <param name="Error">Why there are none; null where there are.</param>
public sealed record FeatureLine(string Path, string Sha256, byte[]? Features, string? Error)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>The numbers as bytes.</summary>
    public static byte[] Bytes(ReadOnlySpan<float> features)
    {
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("Features are kept with the lowest byte first.");
        return MemoryMarshal.AsBytes(features).ToArray();
    }

    /// <summary>The line, with its end.</summary>
    public string Write() => JsonSerializer.Serialize(this, Options) + "\n";

    /// <summary>Reads lines, each with its end.</summary>
    /// <param name="lines">In UTF-8.</param>
    /// <exception cref="JsonException">They are none.</exception>
    public static IEnumerable<FeatureLine> Read(byte[] lines) =>
        Encoding.UTF8.GetString(lines).Split('\n')[..^1].Select(line => JsonSerializer.Deserialize<FeatureLine>(line, Options) ?? throw new JsonException("a line is null"));
}
