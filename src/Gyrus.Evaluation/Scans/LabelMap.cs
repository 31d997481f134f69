using Gyrus.Imaging.Labels;

namespace Gyrus.Evaluation.Scans;

/// <summary>
/// Judges a model on data with other labels: each label of the data stands for labels of the model, whose probabilities are added up. A
/// model of seven labels is so judged on a set that knows tumours and the healthy alone, or types alone.
/// </summary>
public sealed class LabelMap
{
    private const string Healthy = "healthy";
    private const string Tumour = "tumour";

    private readonly LabelSet _data;
    private readonly int[][] _standsFor; // [data labels]: places in the model's labels

    private LabelMap(LabelSet data, int[][] standsFor) => (_data, _standsFor) = (data, standsFor);

    /// <summary>Makes the map.</summary>
    /// <param name="data">The data's labels.</param>
    /// <param name="model">The model's.</param>
    /// <param name="meanings">What each label of the data stands for: <c>tumour</c>, <c>healthy</c>, a type of tumour that the model knows, or one
    /// of its labels. A label that is not named stands for the model's label of its name.</param>
    /// <exception cref="GyrusException">A label stands for nothing, or two for the same.</exception>
    public static LabelMap Of(LabelSet data, LabelSet model, IReadOnlyDictionary<string, string> meanings)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(meanings);
        if (meanings.Keys.FirstOrDefault(name => data.IndexOf(name) < 0) is { } unknown)
            throw new GyrusException($"The data has no label '{unknown}' to be mapped. It has {string.Join(", ", data.Names)}.");
        int[][] standsFor = [.. data.Names.Select(name => Meant(meanings.GetValueOrDefault(name, name), model)
            ?? throw new GyrusException($"The model has no label for '{name}' of the data{(meanings.TryGetValue(name, out var meant) ? $", mapped to '{meant}'" : "")}. "
                + $"Map it to {Choices(model)}."))];
        var twice = standsFor.SelectMany((places, label) => places.Select(place => (place, label))).GroupBy(pair => pair.place)
            .FirstOrDefault(pairs => pairs.Count() > 1);
        if (twice is null) return new LabelMap(data, standsFor);
        throw new GyrusException(
            $"'{string.Join("' and '", twice.Select(pair => data[pair.label].Name))}' of the data both stand for {model[twice.Key].Name}. Map each to another.");
    }

    /// <summary>A scan of the data as the map sees it: with the data's labels, and their share of the probability of all that are meant.</summary>
    /// <param name="scan">The scan with the model's answer; its truth is not looked at.</param>
    /// <param name="label">Its label in the data.</param>
    public ScoredScan Map(ScoredScan scan, string label)
    {
        ArgumentNullException.ThrowIfNull(scan);
        double[] sums = [.. _standsFor.Select(places => places.Sum(place => (double)scan.Probabilities[place]))];
        double all = sums.Sum();
        return scan with
        {
            Labels = _data,
            Truth = _data.IndexOf(label),
            Covered = null,
            Probabilities = [.. sums.Select(sum => (float)(all > 0 ? sum / all : 1.0 / sums.Length))],
        };
    }

    private static int[]? Meant(string meaning, LabelSet model)
    {
        var places = Enumerable.Range(0, model.Count);
        int[] meant = model.IndexOf(meaning) is >= 0 and var place ? [place]
            : meaning is Healthy ? [.. places.Where(i => model[i].IsTumour == false)]
            : meaning is Tumour or "tumor" ? [.. places.Where(i => model[i].IsTumour == true)]
            : [.. places.Where(i => model[i].Type == meaning)];
        return meant.Length > 0 ? meant : null;
    }

    private static string Choices(LabelSet model)
    {
        IEnumerable<string> meanings = model.TellsTumours ? [Tumour, Healthy] : [];
        return string.Join(", ", meanings.Concat(model.Types.Select(i => model[i].Type!)).Concat(model.Names));
    }
}
