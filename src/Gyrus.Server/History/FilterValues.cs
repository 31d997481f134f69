using System.ComponentModel;
using Gyrus.Imaging.Labels;

namespace Gyrus.Server.History;

/// <summary>What results can be filtered by: what the model answers, and what earlier models, whose answers are in the record, did.</summary>
internal sealed record FilterValues
{
    [Description("The model's labels in its order, then those that are only in the record.")]
    public required IReadOnlyList<string> Labels { get; init; }

    [Description("`tumour` and `healthy`; empty where neither the model's labels nor a result tells tumours from the healthy.")]
    public required IReadOnlyList<string> Verdicts { get; init; }

    /// <summary>The values.</summary>
    /// <param name="model">The model's labels.</param>
    /// <param name="kept">The labels of the record, each with its verdicts.</param>
    public static FilterValues Of(LabelSet model, IReadOnlyCollection<(string Label, string? Verdict)> kept) => new()
    {
        Labels = [.. model.Names.Union(kept.Select(one => one.Label).Order(StringComparer.Ordinal))],
        Verdicts = model.TellsTumours || kept.Any(one => one.Verdict is not null) ? ["tumour", "healthy"] : [],
    };
}
