using System.Text.Json;

namespace Gyrus.Models;

/// <summary>Finds one member of a description without making anything of the others: they may be of a newer layout, and there are some ten thousand hashes among them.</summary>
internal static class DescriptionMember
{
    /// <summary>Finds a member of the outermost object.</summary>
    /// <param name="json">The description's text, in UTF-8.</param>
    /// <param name="name">The member.</param>
    /// <returns>A reader at its value; at no token where there is none, or the text is no object.</returns>
    /// <exception cref="JsonException">What is before it is no JSON.</exception>
    public static Utf8JsonReader Find(ReadOnlySpan<byte> json, string name)
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isIt = reader.ValueTextEquals(name);
            reader.Read();
            if (isIt) return reader;
            reader.Skip();
        }
        return default;
    }
}
