using System.Globalization;
using System.Text;
using Gyrus.Data.Audit;
using Gyrus.Data.Sources;

namespace Gyrus.Cli.Commands.Data;

/// <summary>Which labels come from which sources, for a terminal and for programs.</summary>
internal static class SourceTableText
{
    /// <summary>A line a source and a column a label, and what can be learnt as the source; empty where no image says its source.</summary>
    public static string Render(SourceTable table)
    {
        if (table.Verdict == Verdict.Unknown) return "";
        string[] names = [.. table.Sources.Select(source => source.Length > 0 ? source : "no source")];
        int width = names.Max(name => name.Length) + 1;
        var text = new StringBuilder("\n" + "source".PadRight(width));
        foreach (var label in table.Labels) text.Append("  ").Append(label);
        for (int source = 0; source < names.Length; source++)
        {
            text.Append('\n').Append(names[source].PadRight(width));
            for (int label = 0; label < table.Labels.Count; label++)
            {
                int images = table.Images[label][source];
                var cell = images > 0 ? images.ToString(CultureInfo.InvariantCulture) : "-";
                text.Append("  ").Append(cell.PadLeft(table.Labels[label].Length));
            }
        }
        text.Append(CultureInfo.InvariantCulture, $"\n\nsources: {table.Verdict.ToString().ToLowerInvariant()}");
        if (table.Findings.Count == 0) return text.Append(". ").Append(table.Sentence).ToString();
        foreach (var finding in table.Findings)
            text.Append(CultureInfo.InvariantCulture, $"\n{finding.Verdict.ToString().ToLowerInvariant(),-5} {finding.Sentence}");
        return text.ToString();
    }

    /// <summary>The same to be written as JSON.</summary>
    public static object Json(SourceTable table) => new
    {
        verdict = table.Verdict.ToString().ToLowerInvariant(),
        sentence = table.Sentence,
        images = table.Labels.Select((label, at) => (label, at)).ToDictionary(
            label => label.label,
            label => table.Sources.Select((source, at) => (source, Images: table.Images[label.at][at])).Where(cell => cell.Images > 0)
                .ToDictionary(cell => cell.source, cell => cell.Images)),
        findings = table.Findings.Select(finding => new
        {
            verdict = finding.Verdict.ToString().ToLowerInvariant(),
            source = finding.Source,
            label = finding.Label,
            sentence = finding.Sentence,
        }),
    };
}
