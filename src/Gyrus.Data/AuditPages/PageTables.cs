using Gyrus.Data.Acquisition;
using Gyrus.Data.Audit;
using Gyrus.Data.Labels;
using Gyrus.Data.Pages;
using Gyrus.Data.Shortcuts;
using Gyrus.Data.Splits;

namespace Gyrus.Data.AuditPages;

/// <summary>The tables of the page.</summary>
internal static class PageTables
{
    private const int MostRows = 40;

    public static PageTable Labels(AuditCounts counts) => Cut(new(
        "Images by label and part", Numeric: true,
        ["label", "train", "val", "test", "in no part", "all", "copies of another", "with writing"],
        [.. counts.Labels.Select(label => new PageRow(Words.Label(label.Label), [.. ((int[])
        [
            label.Train, label.Val, label.Test, label.Unplaced, label.Images, label.Copies, label.Text,
        ]).Select(Words.Number)]))]), "counts.labels");

    public static PageTable Kinds(AuditReport report)
    {
        var counts = report.Counts;
        (string Kind, IReadOnlyList<NameCount> Counts)[] kinds =
            [("modality", counts.Modalities), ("format", counts.Formats), ("colours", counts.Modes)];
        return new PageTable("Images by modality, format and colours", Numeric: true, ["kind", "images", "share"],
            [.. kinds.SelectMany(kind => kind.Counts.Select(count => new PageRow(
                $"{kind.Kind}: {count.Name}", Words.Number(count.Images), Words.Percent(count.Images, report.Images))))]);
    }

    public static PageTable Leakage(IReadOnlyList<LeakageCount> counts) => Cut(new(
        "Leakage by label", Numeric: true, ["label and part", "images", "with a copy in train", "share"],
        [.. counts.Select(count => new PageRow(
            $"{Words.Label(count.Label)}, {count.Part}", Words.Number(count.Images), Words.Number(count.Leaked),
            Words.Percent(count.Leaked, count.Images)))]), "leakageByLabel");

    public static PageTable Conflicts(IReadOnlyList<AuditGroup> groups) => Cut(new(
        "Scans under more than one label", Numeric: true, ["labels", "scans", "images"],
        [.. groups.GroupBy(group => string.Join(" and ", group.Labels)).OrderByDescending(labels => labels.Count())
            .ThenBy(labels => labels.Key, StringComparer.Ordinal).Select(labels => new PageRow(
                labels.Key, Words.Number(labels.Count()),
                Words.Number(labels.Sum(group => group.Images.Count))))]), "conflicts");

    public static PageTable LabelChanges(IReadOnlyList<LabelChange> changes) => Cut(new(
        "What resolving the labels changes", Numeric: false, ["image", "from", "to", "why"],
        [.. changes.Select(change => new PageRow(change.Path, change.From, change.To ?? "left out", change.Why))]),
        "labelChanges");

    public static PageTable LabelChangeCounts(IReadOnlyList<LabelChange> changes) => new(
        "What resolving the labels changes, counted", Numeric: true, ["from and to", "images"],
        [.. changes.CountBy(change => $"{change.From} to {change.To ?? "left out"}")
            .OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal)
            .Select(count => new PageRow(count.Key, Words.Number(count.Value)))]);

    public static PageTable Shortcuts(ShortcutReport report) =>
        Guesses("How often the label is guessed right without the brain", report.WithoutBrain);

    public static PageTable AcquisitionShortcuts(ShortcutReport report) =>
        Guesses("How often the label is guessed right from how the head was imaged", report.FromAcquisition);

    public static PageTable KindsOfImage(AcquisitionReport report) => Cut(new(
        "Kinds of image by how the head was imaged", Numeric: false, ["kind", "images", "labels", "stands out by", "images of the other set"],
        [.. report.Kinds.Select(kind => new PageRow(
            kind.Name, Words.Number(kind.Images.Count), KindWords.Counts(kind.Labels), string.Join(", ", kind.StandsOutBy), KindWords.Counts(kind.Alike)))]),
        "acquisition.kinds");

    public static PageTable Against(AgainstReport report) => Cut(new(
        "Labels of the same scans, here and there", Numeric: false, ["here", "there", "images", "can both be true"],
        [.. report.Labels.Select(met => new PageRow(met.Here, met.There, Words.Number(met.Images), met.Contradict ? "no" : "yes"))]), "against.labels");

    public static PageTable Contradictions(AgainstReport report) => Cut(new(
        "Images whose label contradicts that of a copy", Numeric: false, ["image", "label", "its copy", "label there", "change"],
        [.. report.Contradictions.Select(pair => new PageRow(pair.Path, pair.Label, pair.Other, pair.OtherLabel, pair.Change))]), "against.contradictions");

    private static PageTable Guesses(string caption, IEnumerable<ShortcutResult> results) => new(
        caption, Numeric: true,
        ["guessed, from", "right", "95 % interval", "most frequent", "images", "scans"],
        [.. results.Select(result => new PageRow(
            ShortcutWords.Short(result),
            Words.Percent(result.Accuracy),
            $"{Words.Percent(result.AccuracyLow)} to {Words.Percent(result.AccuracyHigh)}",
            Words.Percent(result.MajorityRate), Words.Number(result.Images), Words.Number(result.Groups)))]);

    public static PageTable Metadata(IReadOnlyList<ImageMetadata> images)
    {
        var fields = images.SelectMany(image => image.Fields).GroupBy(field => (field.Field, field.Kind))
            .OrderByDescending(field => field.Count()).ThenBy(field => field.Key.Field, StringComparer.Ordinal).ToList();
        return Cut(
            new PageTable("Fields of metadata", Numeric: false, ["field", "kind", "files", "an example"],
                [.. fields.Select(field => new PageRow(
                    field.Key.Field, field.Key.Kind, Words.Number(field.Count()), field.First().Value))]),
            "metadata");
    }

    public static PageTable Unreadable(AuditReport report) => Cut(
        new PageTable("Files that cannot be read", Numeric: false, ["file", "why"],
            [.. report.UnreadableReasons.Select(file => new PageRow(file.Path, file.Reason))]),
        "unreadableReasons");

    public static PageTable WrongExtensions(FileFaults files) => Cut(
        new PageTable("Files not of the format that their name says", Numeric: false, ["file", "format"],
            [.. files.WrongExtensions.Select(file => new PageRow(file.Path, file.Format))]),
        "files.wrongExtensions");

    private static PageTable Cut(PageTable table, string place) => table.Rows.Count <= MostRows ? table : table with
    {
        Rows = [.. table.Rows.Take(MostRows)],
        More = $"{MostRows} of {Words.Number(table.Rows.Count)}; all stand under {place} in audit.json.",
    };
}
