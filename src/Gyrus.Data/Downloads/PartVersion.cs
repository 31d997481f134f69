using System.Net.Http.Headers;
using System.Text.Json;

namespace Gyrus.Data.Downloads;

/// <summary>Which version of which file a part is of.</summary>
/// <param name="Address">The address that was asked, before any redirect.</param>
/// <param name="ETag">The strong entity tag with its quotes; a weak one does not promise equal bytes.</param>
/// <param name="LastModified">When the file last changed, as the server said.</param>
/// <param name="Length">Bytes of the whole file, where the server said.</param>
internal sealed record PartVersion(string Address, string? ETag, DateTimeOffset? LastModified, long? Length)
{
    /// <summary>The version written beside a part, or null where there is none that can be read.</summary>
    public static PartVersion? Read(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<PartVersion>(File.ReadAllText(path)) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What a server must find unchanged to send the rest; null where it told nothing to go by.</summary>
    public RangeConditionHeaderValue? Condition()
    {
        if (EntityTagHeaderValue.TryParse(ETag, out var tag)) return new RangeConditionHeaderValue(tag);
        return LastModified is { } date ? new RangeConditionHeaderValue(date) : null;
    }
}
