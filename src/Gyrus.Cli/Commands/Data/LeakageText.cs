using System.Globalization;
using System.Text;
using Gyrus.Data.Manifests;
using Gyrus.Data.Splits;

namespace Gyrus.Cli.Commands.Data;

/// <summary>Leakage in words.</summary>
internal static class LeakageText
{
    /// <summary>A sentence, and a table by label where images have a copy in the training part.</summary>
    public static string WarningByLabel(LeakageReport leakage, Manifest manifest) =>
        Warning(leakage, manifest) + (leakage.Paths.Count > 0 ? "\n" + Table(leakage) : "");

    private static string Warning(LeakageReport leakage, Manifest manifest)
    {
        var words = new List<string>();
        int judged = manifest.Rows.Count(row => row.Split is Split.Val or Split.Test);
        if (leakage.Paths.Count > 0)
        {
            words.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{leakage.Paths.Count} of the {judged} images in the validation and test parts "
                + $"({100.0 * leakage.Paths.Count / judged:0} %) have a copy in the training part"));
        }
        if (leakage.TestInVal.Count > 0) words.Add($"{leakage.TestInVal.Count} of the test part have a copy in the validation part");
        if (leakage.AcrossFolds.Count > 0) words.Add($"{leakage.AcrossFolds.Count} images have a copy in another fold");
        return $"leakage: {string.Join("; ", words)}. Figures on this split flatter; gyrus data split --by group keeps "
            + "copies together.";
    }

    private static string Table(LeakageReport leakage)
    {
        var parts = leakage.Counts.Select(count => count.Part).Distinct().Order(StringComparer.Ordinal).Reverse().ToList();
        var text = new StringBuilder($"{"",-15}");
        foreach (var part in parts) text.Append(CultureInfo.InvariantCulture, $"{part,14}");
        text.Append('\n');
        foreach (var label in leakage.Counts.GroupBy(count => count.Label))
        {
            text.Append(CultureInfo.InvariantCulture, $"{label.Key ?? "no label",-15}");
            foreach (var part in parts)
            {
                var cell = label.FirstOrDefault(count => count.Part == part) is { } count ? $"{count.Leaked} of {count.Images}" : "";
                text.Append(CultureInfo.InvariantCulture, $"{cell,14}");
            }
            text.Append('\n');
        }
        return text.ToString().TrimEnd();
    }
}
