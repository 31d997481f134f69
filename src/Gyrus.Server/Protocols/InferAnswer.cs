using System.Text.Json;
using System.Text.Json.Serialization;
using Gyrus.Inference;
using Gyrus.Models;
using Gyrus.Server.Problems;
using Microsoft.AspNetCore.Http;

namespace Gyrus.Server.Protocols;

/// <summary>What a request of the Open Inference Protocol is answered: its outputs, as JSON or as bytes behind it.</summary>
internal static class InferAnswer
{
    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web);

    private const string Tumour = "tumour";

    private static readonly (string Name, string Datatype, Func<IReadOnlyList<ScanResult>, Array> Values)[] Outputs =
    [
        ("probabilities", "FP32", results => results.SelectMany(result => result.Probabilities!).ToArray()),
        (Tumour, "FP64", results => results.Select(result => result.Tumour!.Value).ToArray()),
        ("label", "BYTES", results => results.Select(result => result.Label!.Name).ToArray()),
        ("accepted", "BOOL", results => results.Select(result => result.Accepted).ToArray()),
    ];

    /// <summary>The outputs that there are, for the model's metadata; the classes go with the probabilities.</summary>
    public static IEnumerable<InferMetadata> Described(ModelDescription model) => Of(model).Select(output => new InferMetadata(
        output.Name, output.Datatype, Shape(output.Name, -1, model.Labels.Count),
        output.Name == "probabilities" ? new Dictionary<string, IReadOnlyList<string>> { ["labels"] = model.Labels } : null));

    /// <summary>Which outputs a request wants, in its order, and whether each as bytes.</summary>
    /// <exception cref="ServiceProblem">One is not there, or wanted twice.</exception>
    public static IReadOnlyList<(string Name, bool Binary)> Wanted(InferRequest request, ModelDescription model)
    {
        var known = Of(model);
        bool binary = InferParameters.Flag(request.Parameters, "binary_data_output", "the request") ?? false;
        if (request.Outputs is not { Count: > 0 } outputs) return [.. known.Select(output => (output.Name, binary))];
        var wanted = new List<(string Name, bool Binary)>();
        foreach (var output in outputs)
        {
            if (output?.Name is not { } name || !known.Any(one => one.Name == name))
            {
                throw ServiceProblem.BadRequest((output?.Name is null ? "An output has no name." : $"There is no output '{Names.Short(output.Name)}'.")
                    + $" There are {string.Join(", ", known.Select(one => one.Name))}.");
            }
            if (wanted.Any(other => other.Name == name)) throw ServiceProblem.BadRequest($"The output '{name}' is wanted twice. Name it once.");
            wanted.Add((name, InferParameters.Flag(output.Parameters, "binary_data", $"the output '{name}'") ?? binary));
        }
        return wanted;
    }

    /// <summary>The answer.</summary>
    public static IResult Of(
        InferRequest request, ModelDescription model, IReadOnlyList<ScanResult> results, IReadOnlyList<(string Name, bool Binary)> wanted,
        HttpResponse response)
    {
        var behind = new List<byte[]>();
        var outputs = new List<InferOutput>();
        foreach (var (name, binary) in wanted)
        {
            var (_, datatype, values) = Outputs.First(output => output.Name == name);
            var data = values(results);
            if (binary) behind.Add(TensorBytes.Of(data));
            outputs.Add(new InferOutput(name, datatype, Shape(name, results.Count, model.Labels.Count),
                binary ? new Dictionary<string, int> { ["binary_data_size"] = behind[^1].Length } : null, binary ? null : data));
        }
        var json = JsonSerializer.SerializeToUtf8Bytes(new InferResponse(model.Name, model.Version, request.Id, outputs), Plain);
        if (!wanted.Any(output => output.Binary)) return Results.Bytes(json, "application/json; charset=utf-8");
        response.Headers[InferBody.HeaderLength] = $"{json.Length}";
        return Results.Bytes((byte[])[.. json, .. behind.SelectMany(bytes => bytes)], "application/octet-stream");
    }

    private static int[] Shape(string name, int images, int labels) => name == "probabilities" ? [images, labels] : [images];

    // A model whose labels do not tell tumours has no such output.
    private static (string Name, string Datatype, Func<IReadOnlyList<ScanResult>, Array> Values)[] Of(ModelDescription model) =>
        model.LabelSet().TellsTumours ? Outputs : [.. Outputs.Where(output => output.Name != Tumour)];
}

/// <summary>An input or output as metadata tell it.</summary>
internal sealed record InferMetadata(
    string Name, string Datatype, IReadOnlyList<int> Shape,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, IReadOnlyList<string>>? Parameters = null);

/// <summary>An output with its values, or with the number of bytes that they take behind the JSON.</summary>
internal sealed record InferOutput(
    string Name, string Datatype, IReadOnlyList<int> Shape,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, int>? Parameters,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] object? Data);

/// <summary>An answer's JSON.</summary>
internal sealed record InferResponse(
    [property: JsonPropertyName("model_name")] string ModelName,
    [property: JsonPropertyName("model_version")] string ModelVersion,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Id,
    IReadOnlyList<InferOutput> Outputs);
