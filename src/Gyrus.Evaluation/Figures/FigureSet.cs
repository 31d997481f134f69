using System.Text.Json.Serialization;
using Gyrus.Evaluation.Statistics;

namespace Gyrus.Evaluation.Figures;

/// <summary>Measured figures by their names, in the order of the list that defines them. In JSON an object.</summary>
/// <param name="All">Names and figures, each name once.</param>
[JsonConverter(typeof(FigureSetConverter))]
public sealed record FigureSet(IReadOnlyList<KeyValuePair<string, Figure>> All)
{
    private static readonly Figure Undefined = new(null, null, null);

    /// <summary>A figure; one without a value where it was not measured, as in a report from before it was defined.</summary>
    public Figure this[FigureDefinition definition]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(definition);
            return this[definition.Name];
        }
    }

    /// <summary>A figure by its name; one without a value where it was not measured.</summary>
    public Figure this[string name] => All.FirstOrDefault(figure => figure.Key == name).Value ?? Undefined;

    /// <summary>Whether two sets hold the same figures in the same order.</summary>
    public bool Equals(FigureSet? other) => other is not null && All.SequenceEqual(other.All);

    /// <inheritdoc/>
    public override int GetHashCode() => All.Count == 0 ? 0 : HashCode.Combine(All.Count, All[0]);
}
