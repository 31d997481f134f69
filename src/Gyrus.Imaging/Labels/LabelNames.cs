namespace Gyrus.Imaging.Labels;

/// <summary>What people say of labels beyond their names.</summary>
/// <param name="Healthy">The labels that mean healthy; null to tell them by their names.</param>
/// <param name="Modality">The modality of those whose names begin with none; null where it is not known.</param>
public sealed record LabelHints(IReadOnlyList<string>? Healthy = null, Modality? Modality = null);

/// <summary>Guesses what labels mean from their names, as data sets of this field write them.</summary>
public static class LabelNames
{
    private static readonly HashSet<string> Healthy =
        ["no", "notumor", "notumour", "nontumor", "nontumour", "normal", "healthy", "negative", "none", "control", "controls"];

    private static readonly HashSet<string> AnyTumour = ["yes", "tumor", "tumour", "tumors", "tumours", "positive"];

    // What a label names a finding by that is no tumour.
    private static readonly string[] OtherFindings =
    [
        "haemorrhage", "hemorrhage", "bleeding", "haematoma", "hematoma", "stroke", "ischaemi", "ischemi", "infarct", "multiplesclerosis", "aneurysm",
        "abscess", "alzheimer", "dementia",
    ];

    private static readonly char[] Separators = ['_', '-', ' ', '.'];

    /// <summary>
    /// Makes the set of some labels. With the published names alone it is the published set. A label is healthy where its name says so or
    /// the hints do; every other one is then a tumour, of the type that its name says, unless it names another finding, such as a haemorrhage. Where none is healthy, nothing is said of
    /// tumours: grades I to IV part no tumours from the healthy. A name that begins with <c>ct_</c>, <c>mri_</c> or <c>mr_</c> says the modality.
    /// </summary>
    /// <param name="names">The labels' names; each may be there more than once.</param>
    /// <param name="hints">What is known beyond them; nothing where null.</param>
    /// <returns>The labels, by name in ordinal order unless they are the published ones.</returns>
    /// <exception cref="GyrusException">They are no set, or a hint names none of them.</exception>
    public static LabelSet Guess(IEnumerable<string> names, LabelHints? hints = null)
    {
        hints ??= new LabelHints();
        string[] sorted = [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (hints == new LabelHints() && Array.TrueForAll(sorted, name => PublishedLabels.Set.IndexOf(name) >= 0)) return PublishedLabels.Set;
        if (hints.Healthy?.FirstOrDefault(name => !sorted.Contains(name)) is { } unknown)
            throw new GyrusException($"There is no label '{unknown}' to be healthy. The labels are {string.Join(", ", sorted)}.");
        var healthy = sorted.Where(name => hints.Healthy?.Contains(name) ?? Healthy.Contains(Bare(name).Word)).ToHashSet(StringComparer.Ordinal);
        return new LabelSet(sorted.Select(name => Label(name, healthy, hints.Modality)));
    }

    /// <summary>As <see cref="Guess"/>; null where the names are no set, as one alone is none.</summary>
    public static LabelSet? TryGuess(IEnumerable<string> names)
    {
        try
        {
            return Guess(names);
        }
        catch (GyrusException)
        {
            return null;
        }
    }

    /// <summary>The modality that a name begins with; null where it begins with none.</summary>
    public static Modality? ModalityOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Bare(name).Modality;
    }

    /// <summary>Whether a name says a finding that is no tumour, such as a haemorrhage: neither a tumour nor healthy.</summary>
    public static bool IsOtherFinding(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var word = Bare(name).Word;
        return Array.Exists(OtherFindings, finding => word.Contains(finding, StringComparison.Ordinal));
    }

    private static ScanLabel Label(string name, HashSet<string> healthy, Modality? modality)
    {
        var (own, word) = Bare(name);
        if (healthy.Count == 0) return new ScanLabel(name, own ?? modality);
        bool isTumour = !healthy.Contains(name) && !IsOtherFinding(name);
        return new ScanLabel(name, own ?? modality, isTumour, isTumour && !AnyTumour.Contains(word) ? Type(name, own) : null);
    }

    /// <summary>The modality that a name begins with, and the rest without separators, in lower case.</summary>
    private static (Modality? Modality, string Word) Bare(string name)
    {
        var parts = name.ToLowerInvariant().Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        Modality? modality = parts is [_, _, ..] ? parts[0] switch
        {
            "ct" => Labels.Modality.Ct,
            "mri" or "mr" => Labels.Modality.Mri,
            _ => null,
        }
        : null;
        return (modality, string.Concat(modality is null ? parts : parts[1..]));
    }

    /// <summary>The type in a name: without the modality before it and the word tumour behind it.</summary>
    private static string Type(string name, Modality? modality)
    {
        var parts = name.Split(Separators, StringSplitOptions.RemoveEmptyEntries).Skip(modality is null ? 0 : 1).ToList();
        if (parts.Count > 1 && AnyTumour.Contains(parts[^1].ToLowerInvariant())) parts.RemoveAt(parts.Count - 1);
        return parts.Count == 0 ? name : string.Join(' ', parts).ToLowerInvariant();
    }
}
