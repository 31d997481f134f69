using System.Globalization;
using System.Text;
using Gyrus.Data.Audit;

namespace Gyrus.Cli.Commands.Data;

/// <summary>The score card of an audit, for a terminal.</summary>
internal static class AuditTable
{
    /// <summary>A line for each finding, what to type where something mends it, and where the rest is.</summary>
    public static string Render(AuditReport report, string folder)
    {
        var text = new StringBuilder();
        foreach (var line in report.ScoreCard)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Word(line.Verdict),-5} {line.Finding,-11} {line.Sentence}\n");
            if (line.Mend is not null) text.Append(CultureInfo.InvariantCulture, $"{"",-18}mend: {line.Mend}\n");
        }
        var page = Path.Combine(folder, "index.html");
        return text.Append(CultureInfo.InvariantCulture, $"{page}: the pictures behind it").ToString();
    }

    private static string Word(Verdict verdict) =>
        verdict == Verdict.Unknown ? "-" : verdict.ToString().ToLowerInvariant();
}
