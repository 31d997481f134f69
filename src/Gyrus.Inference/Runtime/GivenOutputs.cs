using Gyrus.Imaging.Labels;
using Gyrus.Models;

namespace Gyrus.Inference.Runtime;

/// <summary>A network that somebody else computes: what it gives is what it was given last.</summary>
/// <param name="model">The network's description.</param>
/// <param name="shapes">Of its outputs, by name; what the first axis says does not count.</param>
internal sealed class GivenOutputs(ModelDescription model, IReadOnlyDictionary<string, IReadOnlyList<int>> shapes) : INetwork
{
    private IReadOnlyDictionary<string, float[]> _given = new Dictionary<string, float[]>();

    /// <inheritdoc/>
    public LabelSet Labels { get; } = model.LabelSet();

    /// <inheritdoc/>
    public bool HasNovelty => model.Outputs.Novelty is not null;

    /// <inheritdoc/>
    public MapOutput? Evidence { get; } = Maps(model.Outputs.Evidence, shapes);

    /// <inheritdoc/>
    public MapOutput? LabelEvidence { get; } = Maps(model.Outputs.LabelEvidence, shapes);

    /// <summary>Takes what was computed of the batch that is run next.</summary>
    /// <param name="outputs">The values by the outputs' names.</param>
    public void Take(IReadOnlyDictionary<string, float[]> outputs) => _given = outputs;

    /// <inheritdoc/>
    /// <exception cref="GyrusException">An output is missing, or has not as many values as the batch needs.</exception>
    public void Run(float[] batch, int count, Span<float> logits, Span<float> novelty = default, IReadOnlyList<(MapOutput Output, float[] Into)>? maps = null)
    {
        Copy(model.Outputs.Logits, count * Labels.Count, logits);
        if (HasNovelty && !novelty.IsEmpty) Copy(model.Outputs.Novelty!, count, novelty);
        foreach (var (output, into) in maps ?? []) Copy(output.Name, count * output.Length, into);
    }

    private void Copy(string name, int length, Span<float> into)
    {
        if (!_given.TryGetValue(name, out var values) || values.Length != length)
            throw new GyrusException($"'{name}' was given with {values?.Length ?? 0} values and not {length}: the network is of another model than its description.");
        values.CopyTo(into);
    }

    private static MapOutput? Maps(string? name, IReadOnlyDictionary<string, IReadOnlyList<int>> shapes) =>
        name is null ? null : shapes.GetValueOrDefault(name) switch
        {
            [_, > 0 and var height, > 0 and var width] => new MapOutput(name, 1, width, height),
            [_, > 0 and var maps, > 0 and var height, > 0 and var width] => new MapOutput(name, maps, width, height),
            _ => null,
        };
}
