using Gyrus.Data.Audit;
using Gyrus.Data.Pages;

namespace Gyrus.Data.AuditPages;

/// <summary>The sections of the page.</summary>
internal sealed class PageSections(AuditReport report)
{
    private readonly Galleries _galleries = new(report);

    /// <summary>All sections, in order.</summary>
    public IReadOnlyList<PageSection> All() =>
        [Contents(), Leakage(), Conflicts(), Copies(), Text(), Shortcuts(), Acquisition(), Against(), Metadata(), Files()];

    /// <summary>The title of a finding and the section that shows it.</summary>
    public static (string Title, string Section) Of(string finding) => finding switch
    {
        Findings.Heads => ("Head scans", "files"),
        Findings.Unreadable => ("Readable files", "files"),
        Findings.Leakage => ("Leakage", "leakage"),
        Findings.Conflicts => ("Labels", "conflicts"),
        Findings.Copies => ("Copies", "copies"),
        Findings.Text => ("Writing", "text"),
        Findings.Shortcuts => ("Shortcuts", "shortcuts"),
        Findings.Acquisition => ("Imaging", "acquisition"),
        Findings.Against => ("Other sets", "against"),
        Findings.Metadata => ("Metadata", "metadata"),
        _ => ("Files", "files"),
    };

    private PageSection Contents() => new("contents", "What the set holds")
    {
        Charts = [PageCharts.Labels(report.Counts), PageCharts.Sizes(report.Counts)],
        Tables = [PageTables.Labels(report.Counts), PageTables.Kinds(report)],
    };

    private PageSection Leakage() => new(
        "leakage", "Copies across the parts",
        report.Line(Findings.Leakage).Sentence)
    {
        Charts = Some(report.Leakage.Count == 0 ? null : PageCharts.Leakage(report.LeakageByLabel)),
        Galleries = Some(_galleries.Leakage()),
        Tables = report.Leakage.Count == 0 ? [] : [PageTables.Leakage(report.LeakageByLabel)],
    };

    private PageSection Conflicts() => new(
        "conflicts", "One scan, two labels", report.Line(Findings.Conflicts).Sentence)
    {
        Galleries = Some(_galleries.Conflicts()),
        Tables =
        [
            .. report.Conflicts.Count == 0 ? [] : Some(PageTables.Conflicts(report.Conflicts)),
            .. report.LabelChanges.Count == 0 ? [] : Some(
                PageTables.LabelChangeCounts(report.LabelChanges), PageTables.LabelChanges(report.LabelChanges)),
        ],
    };

    private PageSection Copies() => new(
        "copies", "Copies", report.Line(Findings.Copies).Sentence)
    {
        Charts = Some(PageCharts.GroupSizes(report.Groups)),
        Galleries = Some([_galleries.Near(), _galleries.Exact(), .. _galleries.Largest()]),
    };

    private PageSection Text() => new(
        "text", "Writing outside the head", report.Line(Findings.Text).Sentence)
    {
        Charts = report.BurnedInText.Count == 0 ? [] : [PageCharts.Text(report.Counts)],
        Galleries = Some(_galleries.Text()),
    };

    private PageSection Shortcuts() => new(
        "shortcuts", "What can be guessed without the brain", report.Line(Findings.Shortcuts).Sentence)
    {
        Charts = Some(PageCharts.Shortcuts(report.Shortcuts)),
        Tables = report.Shortcuts.Results.Count == 0 ? [] : [PageTables.Shortcuts(report.Shortcuts)],
    };

    private PageSection Acquisition() => new(
        "acquisition", "What can be guessed from how the head was imaged",
        [report.Line(Findings.Acquisition).Sentence, .. KindWords.All(report.Acquisition)])
    {
        Charts = Some(PageCharts.AcquisitionShortcuts(report.Shortcuts), PageCharts.KindsOfImage(report.Acquisition)),
        Galleries = Some([.. _galleries.KindsOfImage()]),
        Tables =
        [
            .. report.Shortcuts.Results.Count == 0 ? [] : Some(PageTables.AcquisitionShortcuts(report.Shortcuts)),
            PageTables.KindsOfImage(report.Acquisition),
        ],
    };

    private PageSection Against() => new("against", "What another data set says of the same scans", report.Line(Findings.Against).Sentence)
    {
        Galleries = Some(_galleries.Against()),
        Tables = report.Against is { Labels.Count: > 0 } against ? [PageTables.Against(against), PageTables.Contradictions(against)] : [],
    };

    private PageSection Metadata() => new(
        "metadata", "Metadata", report.Line(Findings.Metadata).Sentence)
    {
        Tables = report.Metadata.Count == 0 ? [] : [PageTables.Metadata(report.Metadata)],
    };

    private PageSection Files()
    {
        var files = report.Files;
        return new PageSection(
            "files", "Odd and unreadable files", report.Line(Findings.Heads).Sentence,
            report.Line(Findings.Unreadable).Sentence, report.Line(Findings.Files).Sentence)
        {
            Galleries = Some(
                _galleries.Odd("No head found, or in colour", report.NotHeads, "notHeads"),
                _galleries.Odd("Blank", files.Blank, "files.blank"),
                _galleries.Odd("Tiny", files.Tiny, "files.tiny"),
                _galleries.Odd("Oblong", files.Squashed, "files.squashed")),
            Tables =
            [
                .. report.Unreadable.Count == 0 ? [] : Some(PageTables.Unreadable(report)),
                .. files.WrongExtensions.Count == 0 ? [] : Some(PageTables.WrongExtensions(files)),
            ],
        };
    }

    private static IReadOnlyList<T> Some<T>(params IReadOnlyList<T?> items)
        where T : class => [.. items.OfType<T>()];
}
