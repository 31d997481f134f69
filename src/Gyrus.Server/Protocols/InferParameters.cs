using System.Text.Json;
using Gyrus.Server.Problems;

namespace Gyrus.Server.Protocols;

/// <summary>The parameters of requests of the Open Inference Protocol. One that nothing is known of is refused: what it asks for
/// would otherwise not be done, without a word.</summary>
internal static class InferParameters
{
    /// <summary>A parameter that is true or false.</summary>
    /// <returns>Null where it is not given.</returns>
    /// <exception cref="ServiceProblem">There is another parameter, or it is neither.</exception>
    public static bool? Flag(IReadOnlyDictionary<string, JsonElement>? parameters, string name, string where) =>
        Only(parameters, name, where) is not { } value ? null
            : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean()
            : throw ServiceProblem.BadRequest($"{name} of {where} is true or false.");

    /// <summary>A parameter that is a number of bytes.</summary>
    /// <returns>Null where it is not given.</returns>
    /// <exception cref="ServiceProblem">There is another parameter, or it is no such number.</exception>
    public static long? Size(IReadOnlyDictionary<string, JsonElement>? parameters, string name, string where) =>
        Only(parameters, name, where) is not { } value ? null
            : value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long size) && size >= 0 ? size
            : throw ServiceProblem.BadRequest($"{name} of {where} is a number of bytes, 0 or more.");

    private static JsonElement? Only(IReadOnlyDictionary<string, JsonElement>? parameters, string name, string where)
    {
        if (parameters is null) return null;
        if (parameters.Keys.FirstOrDefault(key => key != name) is { } other)
            throw ServiceProblem.BadRequest($"The parameter '{Names.Short(other)}' of {where} is not known here. Leave it out; {name} is known.");
        return parameters.TryGetValue(name, out var value) ? value : null;
    }
}
