using Gyrus.Data.Acquisition;
using Gyrus.Data.Pages;

namespace Gyrus.Data.AuditPages;

/// <summary>Kinds of image, for people.</summary>
internal static class KindWords
{
    /// <summary>What is to be said of the kinds: how they came about, which have one answer alone and what mends that, how far they can be trusted.</summary>
    public static IEnumerable<string> All(AcquisitionReport report)
    {
        yield return report.NamedBySequence
            ? "Kinds of image are the sequences and planes that the data set says; images without one are of the kind that they are most like."
            : "Kinds of image were found by likeness of greys and outline, within each modality that labels tell, one for each "
                + $"{FineKinds.GroupsPerKind} scans or patients and {FineKinds.Most} at most. Letters name them: no picture says for certain which sequence it is, so look at the examples.";
        var telling = report.Kinds.Where(kind => kind.Answer is not null)
            .Select(kind => $"kind {kind.Name}, {Words.Images(kind.Images.Count)}: {Share(kind)} {kind.Answer}").ToList();
        if (telling.Count > 0)
            yield return $"Kinds with hardly more than one answer: {string.Join("; ", telling)}. What mends them: more images of these kinds with another answer, or none of them.";
        if (report.Sequence is { } sequence) yield return Agreement("sequence", sequence);
        if (report.Plane is { } plane) yield return Agreement("plane", plane);
    }

    /// <summary>Counts in a line.</summary>
    public static string Counts(IReadOnlyList<KindCount> counts)
    {
        const int Most = 5;
        var said = counts.Take(Most).Select(count => $"{Words.Number(count.Images)} {count.Name}").ToList();
        return counts.Count == 0 ? "–" : string.Join(", ", said) + (counts.Count > Most ? $", {counts.Count - Most} more" : "");
    }

    private static string Share(KindOfImage kind) => kind.AnswerShare == 1 ? "all are" : $"{Words.Percent(kind.AnswerShare)} are";

    private static string Agreement(string column, KindAgreement agreement) => FormattableString.Invariant(
        $"Beside the column {column} of {Words.Images(agreement.Images)}, the {agreement.Kinds} kinds that likeness alone gives have an adjusted Rand index of ")
        + FormattableString.Invariant($"{agreement.AdjustedRand:0.00} and a purity of {agreement.Purity:0.00}; a single kind has {agreement.PurityOfOne:0.00}.");
}
