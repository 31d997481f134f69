using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gyrus.Server.Protocols;

/// <summary>A request of the Open Inference Protocol.</summary>
/// <param name="Id">The caller's own, given back.</param>
/// <param name="Inputs">One input.</param>
/// <param name="Outputs">The outputs that are wanted; all where there are none.</param>
/// <param name="Parameters"><c>binary_data_output</c>: whether outputs come as bytes behind the JSON.</param>
internal sealed record InferRequest(
    [property: JsonPropertyName("id")] string? Id,
    [property: JsonPropertyName("inputs")] IReadOnlyList<InferInput?>? Inputs,
    [property: JsonPropertyName("outputs")] IReadOnlyList<InferWanted?>? Outputs,
    [property: JsonPropertyName("parameters")] IReadOnlyDictionary<string, JsonElement>? Parameters);

/// <summary>An input of such a request.</summary>
/// <param name="Name"><c>image</c>.</param>
/// <param name="Datatype"><c>BYTES</c>.</param>
/// <param name="Shape">The number of images.</param>
/// <param name="Data">Base64 of image files.</param>
/// <param name="Parameters"><c>binary_data_size</c>: how many bytes behind the JSON are the data.</param>
internal sealed record InferInput(
    [property: JsonPropertyName("name")] string? Name,
    [property: JsonPropertyName("datatype")] string? Datatype,
    [property: JsonPropertyName("shape")] IReadOnlyList<long>? Shape,
    [property: JsonPropertyName("data")] IReadOnlyList<string?>? Data,
    [property: JsonPropertyName("parameters")] IReadOnlyDictionary<string, JsonElement>? Parameters);

/// <summary>An output that a request wants.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parameters"><c>binary_data</c>: whether it comes as bytes behind the JSON.</param>
internal sealed record InferWanted(
    [property: JsonPropertyName("name")] string? Name,
    [property: JsonPropertyName("parameters")] IReadOnlyDictionary<string, JsonElement>? Parameters);
