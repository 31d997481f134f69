using Gyrus.Data.Acquisition;
using Gyrus.Data.Audit;
using Gyrus.Data.AuditCharts;
using Gyrus.Data.Pages;
using Gyrus.Data.Plots;
using Gyrus.Data.Shortcuts;
using Gyrus.Data.Splits;
using OxyPlot;

namespace Gyrus.Data.AuditPages;

/// <summary>The charts of the page.</summary>
internal static class PageCharts
{
    private const int LongestLabel = 24;
    private const int MostLabels = 40;
    private const int MostColours = 6;

    public static PageChart Labels(AuditCounts counts)
    {
        var labels = counts.Labels.Take(MostLabels).ToList();
        (string Name, OxyColor Colour, Func<LabelCount, int> Count)[] parts =
        [
            ("train", Palette.Blue, label => label.Train), ("val", Palette.Orange, label => label.Val),
            ("test", Palette.Vermilion, label => label.Test), ("in no part", Palette.Grey, label => label.Unplaced),
        ];
        return new PageChart(
            BarChart.Render(
                "labels", "Images of each label in each part; the table below has the numbers",
                [.. labels.Select(label => $"{Name(label.Label)} ({Words.Number(label.Images)})")],
                [.. parts.Where(part => labels.Any(label => part.Count(label) > 0)).Select(part => new BarValues(
                    part.Name, part.Colour, [.. labels.Select(label => (double)part.Count(label))]))],
                stacked: true),
            "Images of each label, by part." + First(labels.Count, counts.Labels.Count));
    }

    public static PageChart Sizes(AuditCounts counts) => new(
        SizeChart.Render("sizes", "Images by width and height", counts.Sizes),
        "Images by size: a bubble's area is their number. Dotted: square. Beyond the dashed lines one side is more than "
        + FormattableString.Invariant($"{FileFaults.SquashedRatio} times the other, and a square network squashes it."));

    public static PageChart? Leakage(IReadOnlyList<LeakageCount> counts)
    {
        if (counts.Count == 0) return null;
        var all = counts.Select(count => count.Label).Distinct().ToList();
        var labels = all.Take(MostLabels).ToList();
        (string Part, OxyColor Colour)[] parts = [("val", Palette.Orange), ("test", Palette.Vermilion)];
        return new PageChart(
            BarChart.Render(
                "leakage", "Share of each label's images with a copy in the training part",
                [.. labels.Select(Name)],
                [.. parts.Where(part => counts.Any(count => count.Part == part.Part)).Select(part => new BarValues(
                    part.Part, part.Colour, [.. labels.Select(label => Share(counts, label, part.Part))]))],
                shares: true),
            "How many of each label's images to be judged on have a copy in the training part."
            + First(labels.Count, all.Count));
    }

    public static PageChart Text(AuditCounts counts)
    {
        var labels = counts.Labels.Take(MostLabels).ToList();
        return new PageChart(
            BarChart.Render(
                "text", "Share of each label's images with writing outside the head",
                [.. labels.Select(label => Name(label.Label))],
                [new BarValues("text", Palette.Purple, [.. labels.Select(label => (double)label.Text / label.Images)])],
                shares: true),
            "How many of each label's images carry writing or drawing outside the head. Where labels differ, the writing "
            + "tells the label." + First(labels.Count, counts.Labels.Count));
    }

    public static PageChart? Shortcuts(ShortcutReport report) => report.Results.Count == 0 ? null : new PageChart(
        ShortcutChart.Render("shortcuts", "How often the label is guessed right without the brain", report.WithoutBrain),
        $"How often a small classifier that sees no brain guesses right, out of {report.Folds} folds by group. Beyond the "
        + "red line it knows more than which answer is most frequent.");

    public static PageChart? AcquisitionShortcuts(ShortcutReport report) => report.Results.Count == 0 ? null : new PageChart(
        ShortcutChart.Render("acquisition", "How often the label is guessed right from how the head was imaged", report.FromAcquisition),
        $"How often a small classifier guesses right that sees the order of greys from rim to middle, the outline and the sharpness of the head, and no "
        + $"lesion, out of {report.Folds} folds by group. Where sequence and plane are independent of the label, it stays at the red line.");

    public static PageChart KindsOfImage(AcquisitionReport report)
    {
        var kinds = report.Kinds.Take(MostLabels).ToList();
        var labels = report.Kinds.SelectMany(kind => kind.Labels).GroupBy(count => count.Name)
            .OrderByDescending(label => label.Sum(count => count.Images)).ThenBy(label => label.Key, StringComparer.Ordinal).Select(label => label.Key).ToList();
        var named = labels.Take(MostColours).ToList();
        double Count(KindOfImage kind, Func<string, bool> of) => kind.Labels.Where(label => of(label.Name)).Sum(label => label.Images);
        List<BarValues> bars = [.. named.Select((label, place) => new BarValues(
            Name(label), Palette.Curve(place).Colour, [.. kinds.Select(kind => Count(kind, name => name == label))]))];
        if (labels.Count > named.Count)
            bars.Add(new BarValues("other labels", Palette.Grey, [.. kinds.Select(kind => Count(kind, name => !named.Contains(name)))]));
        if (bars.Count == 0) bars.Add(new BarValues("images", Palette.Grey, [.. kinds.Select(kind => (double)kind.Images.Count)]));
        return new PageChart(
            BarChart.Render(
                "kinds", "Images of each kind by label; the table below has the numbers",
                [.. kinds.Select(kind => $"{Name(kind.Name)} ({Words.Number(kind.Images.Count)})")], bars, stacked: true),
            "Images of each kind, by label. A bar of one colour is a kind that tells the label."
            + (kinds.Count < report.Kinds.Count ? $" The first {kinds.Count} of {report.Kinds.Count} kinds." : ""));
    }

    public static PageChart? GroupSizes(IReadOnlyList<AuditGroup> groups)
    {
        if (groups.Count == 0) return null;
        (int Least, int Most, string Name)[] bins =
        [
            (2, 2, "2 images"), (3, 3, "3"), (4, 4, "4"), (5, 8, "5–8"), (9, 16, "9–16"), (17, 32, "17–32"),
            (33, int.MaxValue, "33 and more"),
        ];
        var counts = bins.Select(bin => groups.Count(group =>
            group.Images.Count >= bin.Least && group.Images.Count <= bin.Most)).ToList();
        int shown = counts.FindLastIndex(count => count > 0) + 1;
        return new PageChart(
            BarChart.Render(
                "groups", "Groups of copies by size", [.. bins.Take(shown).Select(bin => bin.Name)],
                [new BarValues("groups", Palette.Green, [.. counts.Take(shown).Select(count => (double)count)])]),
            "Groups of images that show the same scan, by how many images they hold.");
    }

    private static string First(int shown, int all) =>
        shown == all ? "" : $" The first {Words.Number(shown)} of {Words.Number(all)} labels.";

    /// <summary>A label, cut where it would leave no room for its bar.</summary>
    private static string Name(string? label) =>
        Words.Label(label) is { Length: > LongestLabel } name
            ? name[..LongestLabel].TrimEnd() + "…" : Words.Label(label);

    private static double Share(IReadOnlyList<LeakageCount> counts, string? label, string part) =>
        counts.FirstOrDefault(count => count.Label == label && count.Part == part) is { } found
            ? (double)found.Leaked / found.Images : 0;
}
