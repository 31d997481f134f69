using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Gyrus.Imaging.Labels;

namespace Gyrus.Data.Manifests;

/// <summary>
/// What the labels of a manifest mean, in a small file beside it that people edit: <c>dataset.labels.json</c> for <c>dataset.csv</c>. There is
/// none where the labels are the published ones.
/// </summary>
internal static class LabelsFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // a file, not a page: names stand as people write them
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter<Modality>(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>The file of a manifest.</summary>
    public static string PathOf(string manifest) => Path.ChangeExtension(manifest, ".labels.json");

    /// <summary>Reads the file of a manifest; null where there is none.</summary>
    /// <exception cref="GyrusException">It cannot be read or holds no set of labels.</exception>
    public static LabelSet? Read(string manifest)
    {
        var path = PathOf(manifest);
        if (!File.Exists(path)) return null;
        try
        {
            var content = JsonSerializer.Deserialize<Content>(UserText.Read(path), Options) ?? throw new JsonException("it holds null");
            return new LabelSet(content.Labels);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new GyrusException(
                $"{path}: the labels' meanings cannot be read ({e.Message}). Mend the file, or remove it: then they are guessed from the names.", e);
        }
        catch (GyrusException e) when (!e.Message.StartsWith(path, StringComparison.Ordinal))
        {
            throw new GyrusException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>Writes the file of a manifest; removes one that is there where the labels are the published ones.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string manifest, LabelSet labels)
    {
        var path = PathOf(manifest);
        if (!PublishedLabels.Set.Equals(labels)) AtomicFile.WriteText(path, JsonSerializer.Serialize(new Content(labels.All), Options) + "\n");
        else if (File.Exists(path)) File.Delete(path);
    }

    private sealed record Content(IReadOnlyList<ScanLabel> Labels);
}
