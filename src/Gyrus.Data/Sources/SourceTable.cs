using Gyrus.Data.Audit;
using Gyrus.Data.Manifests;
using Gyrus.Imaging.Labels;

namespace Gyrus.Data.Sources;

/// <summary>What can be learnt as the source instead of as the disease.</summary>
/// <param name="Verdict"><see cref="Verdict.Fail"/> for a label of one source, <see cref="Verdict.Warn"/> for a source of one label.</param>
/// <param name="Source">The source.</param>
/// <param name="Label">The label; null where the source has several, all of them tumours or all healthy.</param>
/// <param name="Sentence">What was found, in a sentence.</param>
public sealed record SourceFinding(Verdict Verdict, string Source, string? Label, string Sentence);

/// <summary>How many images of each label each source gives.</summary>
/// <param name="Sources">The sources by name; one without a name where no image says its source.</param>
/// <param name="Labels">The labels that images have, in the data set's order.</param>
/// <param name="Images">[label, source].</param>
/// <param name="Findings">What can be learnt as the source, the worst first.</param>
public sealed record SourceTable(
    IReadOnlyList<string> Sources,
    IReadOnlyList<string> Labels,
    IReadOnlyList<IReadOnlyList<int>> Images,
    IReadOnlyList<SourceFinding> Findings)
{
    /// <summary>Of the images of a label that are not of its largest source, the least share that is enough to call it one of several: with less, a
    /// network loses next to nothing where it learns the source.</summary>
    public const double LeastElsewhere = 0.05;

    /// <summary>The worst of the findings; <see cref="Verdict.Unknown"/> where no image says its source, and <see cref="Verdict.Warn"/> where all are
    /// of one.</summary>
    public Verdict Verdict => Sources is [""] ? Verdict.Unknown
        : Sources.Count == 1 ? Verdict.Warn
        : Findings.Count > 0 ? Findings[0].Verdict : Verdict.Pass;

    /// <summary>The verdict in a sentence.</summary>
    public string Sentence => Verdict switch
    {
        Verdict.Unknown => "No image says its source, so whether a label can be learnt as its source is not known.",
        _ when Sources.Count == 1 => $"All images are of {Sources[0]}, so nothing parts what is learnt of the disease from what is learnt of this source: "
            + "figures hold for it alone.",
        Verdict.Pass => $"Each label is of several sources, and each of the {Sources.Count} sources has several labels.",
        _ => string.Join(
            ' ',
            Findings.Where(finding => finding.Verdict == Verdict.Fail).Select(finding => finding.Sentence)
                .Append(Findings.Count(finding => finding.Verdict == Verdict.Warn) is > 0 and var number
                    ? $"{number} of {Sources.Count} sources give one answer alone." : "").Where(text => text.Length > 0)),
    };

    /// <summary>Counts the images that are used.</summary>
    /// <param name="manifest">The data set.</param>
    public static SourceTable Of(Manifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        var counts = manifest.Rows.CountBy(row => (row.Label, Source: manifest.Value(row, KnownColumns.Source))).ToDictionary();
        string[] sources = [.. counts.Keys.Select(key => key.Source).Distinct().Order(StringComparer.Ordinal)];
        string[] labels = [.. manifest.Labels.Names.Where(name => counts.Keys.Any(key => key.Label == name))];
        int[][] images = [.. labels.Select(label => sources.Select(source => counts.GetValueOrDefault((label, source))).ToArray())];
        return new SourceTable(sources, labels, images, sources.Length < 2 ? [] : Find(sources, labels, images, manifest.Labels));
    }

    private static SourceFinding[] Find(string[] sources, string[] labels, int[][] images, LabelSet meanings)
    {
        var findings = new List<SourceFinding>();
        for (int label = 0; label < labels.Length; label++)
        {
            int all = images[label].Sum(), most = images[label].Max();
            if (all - most >= LeastElsewhere * all && all > most) continue;
            var source = sources[Array.IndexOf(images[label], most)];
            var share = all == most ? $"All {all}" : $"{most} of {all}";
            findings.Add(new SourceFinding(
                Verdict.Fail, source, labels[label], $"{share} images of {labels[label]} are of {Named(source)}: the label can be learnt as that source."));
        }
        for (int source = 0; source < sources.Length; source++)
        {
            string[] given = [.. labels.Where((_, label) => images[label][source] > 0)];
            bool?[] answers = [.. given.Select(label => meanings[meanings.IndexOf(label)].IsTumour).Distinct()];
            if (given.Length > 1 && (answers.Length > 1 || answers[0] is null)) continue;
            var what = given.Length == 1 ? given[0] : answers[0] == true ? "tumours" : "scans without tumour";
            findings.Add(new SourceFinding(
                Verdict.Warn, sources[source], given.Length == 1 ? given[0] : null,
                $"{Named(sources[source])} has {what} alone ({images.Sum(label => label[source])} images): whatever tells it from the other sources can be learnt "
                + "as the answer."));
        }
        return [.. findings];
    }

    private static string Named(string source) => source.Length > 0 ? source : "images without a source";
}
