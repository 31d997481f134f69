using Gyrus.Data.Audit;
using Gyrus.Data.Pages;

namespace Gyrus.Data.AuditPages;

/// <summary>The page of an audit: one file that needs no other, no network and no script.</summary>
public static class AuditPage
{
    /// <summary>Renders the page. Pictures are made of the files as they are now.</summary>
    /// <param name="report">What was found, with the images behind it.</param>
    public static string Render(AuditReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return Page.Render(new PageModel(
            "Data set audit",
            Name(report.Source),
            report.Source,
            Summary(report.ScoreCard),
            Facts(report),
            [.. report.ScoreCard.Select(Score)],
            new PageSections(report).All(),
            [
                "This page holds pictures of the data set, with whatever is written on them: pass it on only where the set itself may go. "
                    + "What is named here in part stands in full in audit.json beside it.",
                "Made by Gyrus. Research software, not a medical device.",
            ]));
    }

    private static string Name(string source) =>
        Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(source))) is { Length: > 0 } name
            ? name : source;

    private static List<PageFact> Facts(AuditReport report)
    {
        int copied = report.Groups.Sum(group => group.Images.Count);
        int judged = report.LeakageByLabel.Sum(count => count.Images);
        return
        [
            new(Words.Number(report.Images), "images"),
            new(Words.Number(report.Images - copied + report.Groups.Count), "different scans"),
            new(Words.Percent(report.Leakage.Count, judged), "leaking"),
            new(Words.Number(report.Conflicts.Count), "scans under two labels"),
            new(Words.Number(report.BurnedInText.Count), "images with writing"),
        ];
    }

    private static string Summary(IReadOnlyList<ScoreLine> lines)
    {
        int fail = lines.Count(line => line.Verdict == Verdict.Fail);
        int warn = lines.Count(line => line.Verdict == Verdict.Warn);
        return (fail, warn) switch
        {
            (0, 0) => "Nothing was found that speaks against figures from this set.",
            (0, _) => $"Nothing was found that makes figures from this set wrong; {Words.Count(warn, "line")} below "
                + $"{(warn == 1 ? "deserves" : "deserve")} a look.",
            (1, _) => "One thing must be mended before a figure from this set means anything.",
            _ => $"{fail} things must be mended before a figure from this set means anything.",
        };
    }

    private static PageScore Score(ScoreLine line)
    {
        var (title, section) = PageSections.Of(line.Finding);
        var (verdict, sign) = line.Verdict switch
        {
            Verdict.Pass => ("pass", "✓"),
            Verdict.Warn => ("warn", "!"),
            Verdict.Fail => ("fail", "✕"),
            _ => ("unknown", "–"),
        };
        return new PageScore(verdict, sign, title, section, line.Sentence, line.Mend);
    }
}
