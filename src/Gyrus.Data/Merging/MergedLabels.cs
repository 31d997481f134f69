using Gyrus.Data.Manifests;
using Gyrus.Imaging.Labels;

namespace Gyrus.Data.Merging;

/// <summary>The labels of several data sets as one set.</summary>
internal static class MergedLabels
{
    /// <summary>Joins the labels that images have. A name must mean the same wherever it stands; of a data set in which no label says healthy or
    /// tumour, a name takes what it means in the others.</summary>
    /// <param name="inputs">The data sets.</param>
    /// <param name="renamed">Labels and what they are to be called. A new name that no data set has, and that is none of the published ones,
    /// means what the labels that get it have in common.</param>
    /// <returns>The published set where all are of it, else the labels by name in ordinal order.</returns>
    /// <exception cref="GyrusException">A label to be renamed is not there, a name has two meanings, or some labels say healthy or tumour and
    /// others do not.</exception>
    public static LabelSet Join(IReadOnlyList<MergeInput> inputs, IReadOnlyDictionary<string, string> renamed)
    {
        var used = inputs.SelectMany(input => input.Manifest.Rows.Concat(input.Manifest.Dropped).Select(row => row.Label).Distinct()
            .Select(name => (Input: input, Label: input.Manifest.Labels[input.Manifest.Labels.IndexOf(name)]))).ToList();
        if (renamed.Keys.FirstOrDefault(name => used.TrueForAll(label => label.Label.Name != name)) is { } unknown)
        {
            throw new GyrusException($"There is no label '{unknown}' to be renamed. The labels are "
                + $"{string.Join(", ", used.Select(label => label.Label.Name).Distinct().Order(StringComparer.Ordinal))}.");
        }
        var own = used.Where(label => !renamed.ContainsKey(label.Label.Name)).GroupBy(label => label.Label.Name)
            .ToDictionary(same => same.Key, same => One([.. same]), StringComparer.Ordinal);
        var given = used.Where(label => renamed.ContainsKey(label.Label.Name)).GroupBy(label => renamed[label.Label.Name])
            .Where(same => !own.ContainsKey(same.Key))
            .Select(same => Published(same.Key) ?? Common(same.Key, [.. same.Select(label => label.Label)]));
        var labels = own.Values.Select(one => one.Label).Concat(given).OrderBy(label => label.Name, StringComparer.Ordinal).ToList();
        if (labels.TrueForAll(label => label == Published(label.Name))) return PublishedLabels.Set;
        RequireOneKind(labels, own);
        return new LabelSet(labels);
    }

    private static ScanLabel? Published(string name) =>
        PublishedLabels.Set.IndexOf(name) is >= 0 and var place ? PublishedLabels.Set[place] : null;

    private static (MergeInput Input, ScanLabel Label) One(IReadOnlyList<(MergeInput Input, ScanLabel Label)> same)
    {
        var (first, meaning) = same.FirstOrDefault(label => label.Label.IsTumour is not null, same[0]);
        foreach (var (input, label) in same)
        {
            var filled = label.IsTumour is null ? label with { IsTumour = meaning.IsTumour, Type = meaning.Type } : label;
            if (filled == meaning) continue;
            throw new GyrusException(
                $"The label '{label.Name}' is {Words(meaning)} in {first.Path} and {Words(label)} in {input.Path}. Where one of them is wrong, mend it in "
                + $"{Manifest.LabelsPath(first.Path)} or {Manifest.LabelsPath(input.Path)}; where both are right, give it another name in one of the two.");
        }
        return (first, meaning);
    }

    private static ScanLabel Common(string name, ScanLabel[] labels)
    {
        var first = labels[0];
        if (Array.Exists(labels, label => label.IsTumour != first.IsTumour))
        {
            throw new GyrusException($"The labels {string.Join(", ", labels.Select(label => label.Name))} are to be called '{name}', and some of them are tumours "
                + "and others are not. Give them two names.");
        }
        return new ScanLabel(
            name,
            Array.TrueForAll(labels, label => label.Modality == first.Modality) ? first.Modality : null,
            first.IsTumour,
            Array.TrueForAll(labels, label => label.Type == first.Type) ? first.Type : null);
    }

    private static void RequireOneKind(List<ScanLabel> labels, Dictionary<string, (MergeInput Input, ScanLabel Label)> own)
    {
        if (labels.Find(label => label.IsTumour is null) is not { } open || labels.TrueForAll(label => label.IsTumour is null)) return;
        var where = own.TryGetValue(open.Name, out var one) ? $" of {one.Input.Path}" : "";
        throw new GyrusException(
            $"The label '{open.Name}'{where} says neither healthy nor tumour, and other labels do: a data set in which no label is healthy by its name does not "
            + $"tell. Write what its labels mean (isTumour) into {(one.Input is null ? "its labels' file" : Manifest.LabelsPath(one.Input.Path))}, or import it "
            + "again with the healthy ones named.");
    }

    private static string Words(ScanLabel label)
    {
        var modality = label.Modality is { } known ? known.ToString().ToUpperInvariant() : "of any modality";
        var kind = label.IsTumour switch
        {
            false => "no tumour",
            true => label.Type is { } type ? $"a tumour of type {type}" : "a tumour of no type",
            null => "neither tumour nor healthy",
        };
        return $"{kind} ({modality})";
    }
}
