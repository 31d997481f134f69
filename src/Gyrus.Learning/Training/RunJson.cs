using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gyrus.Learning.Training;

/// <summary>How runs are written as JSON.</summary>
internal static class RunJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,

        // Runs of a Gyrus that trained on through losses that were no numbers are to be read, and refused in words.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };
}
