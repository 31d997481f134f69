using System.Globalization;
using Gyrus.Data.Manifests;
using Gyrus.Evaluation.Figures;
using Gyrus.Evaluation.Reports;
using Gyrus.Evaluation.Scans;
using Gyrus.Imaging.Labels;

namespace Gyrus.Evaluation.Answers;

/// <summary>What a model is to be judged on, and how.</summary>
/// <param name="Manifest">The data set's file.</param>
/// <param name="Part">The part of it; <see cref="Split.None"/> for every image.</param>
/// <param name="Options">How the figures are made. Groups are taken from the manifest.</param>
public sealed record EvaluationRequest(string Manifest, Split Part, EvaluationOptions Options)
{
    /// <summary>Columns of the manifest by whose values the figures are told apart too: <see cref="ScanColumns"/>.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>What labels of the data stand for among the model's: <see cref="LabelMap.Of"/>.</summary>
    public IReadOnlyDictionary<string, string> Meanings { get; init; } = new Dictionary<string, string>();

    /// <summary>The label that is told from all others with the figures of two kinds; null where labels tell tumours.</summary>
    public string? Positive { get; init; }

    /// <summary>Whether images that the model was trained on, and copies of them, are left out.</summary>
    public bool WithoutKnown { get; init; }

    /// <summary>Whether the threshold that the model was given holds in place of that of the options: in figures of its answers, and where labels are
    /// mapped in all.</summary>
    public bool OwnThreshold { get; init; } = true;

    /// <summary>Whether it is looked how often heat maps are strongest on the lesions that masks show.</summary>
    public bool Lesions { get; init; }

    /// <summary>The images of the part.</summary>
    /// <param name="whole">The data set.</param>
    /// <exception cref="GyrusException">There is none, a column is not there, or no lesion where these are asked for.</exception>
    internal Manifest PartOf(Manifest whole)
    {
        ScanColumns.Require(whole, Columns);
        if (whole.Rows.Count == 0) throw new GyrusException($"{Manifest}: the manifest names no image. Name another one.");
        if (Lesions && whole.Rows.All(row => whole.MaskPath(row) is null))
            throw new GyrusException($"{Manifest}: no image names a mask, so no lesion is known. Fill the column {KnownColumns.Mask}, or leave the lesions out.");
        if (Part == Split.None) return whole;
        var part = whole with { Rows = [.. whole.Rows.Where(row => row.Split == Part)] };
        if (part.Rows.Count > 0) return part;
        var there = whole.Rows.GroupBy(row => row.Split).OrderBy(rows => rows.Key)
            .Select(rows => string.Create(CultureInfo.InvariantCulture, $"{Name(rows.Key)} ({rows.Count()} images)"));
        throw new GyrusException($"{Manifest}: no image is in the part {Name(Part)}. There are {string.Join(", ", there)}: choose one of them, "
            + "none for every image, or split the data.");
    }

    /// <summary>How the data's labels are judged by the model's; null where they are the same.</summary>
    internal LabelMap? MapTo(LabelSet data, LabelSet model) =>
        Meanings.Count == 0 && data.Names.All(name => model.IndexOf(name) >= 0) ? null : LabelMap.Of(data, model, Meanings);

    /// <summary>The options with the place of the label that is asked for.</summary>
    /// <param name="labels">The labels that the figures are of.</param>
    /// <exception cref="GyrusException">It is none of them.</exception>
    internal EvaluationOptions OptionsFor(LabelSet labels)
    {
        if (Positive is null) return Options;
        int place = labels.IndexOf(Positive);
        return place >= 0 ? Options with { Positive = place } : throw new GyrusException(
            $"The label to be told from the others is '{Positive}', which is no label. There are {string.Join(", ", labels.Names)}.");
    }

    private static string Name(Split part) => part.ToString().ToLowerInvariant();
}
