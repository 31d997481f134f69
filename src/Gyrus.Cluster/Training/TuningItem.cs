using System.Text.Json;
using Gyrus.Learning.Tuning;

namespace Gyrus.Cluster.Training;

/// <summary>A setting as an item of a job.</summary>
public static class TuningItem
{
    /// <summary>The setting as JSON; numbers come back as they were.</summary>
    public static string Write(TuningPoint point) => JsonSerializer.Serialize(point, JsonSerializerOptions.Web);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static TuningPoint Read(string item) => JsonSerializer.Deserialize<TuningPoint>(item, JsonSerializerOptions.Web) ?? throw new JsonException("a setting is null");
}
