using System.Globalization;
using System.Text;
using Gyrus.Dicom.Privacy;

namespace Gyrus.Cli.Commands.Data;

/// <summary>What became of attributes, for a terminal.</summary>
internal static class DeidentificationTable
{
    private static readonly AttributeChange[] Changes = Enum.GetValues<AttributeChange>();

    /// <summary>A line an attribute, with how often it was removed, emptied, replaced and kept.</summary>
    public static string Render(AttributeTally tally)
    {
        var attributes = tally.Attributes.ToList();
        int width = attributes.Select(attribute => attribute.Keyword.Length).DefaultIfEmpty().Max();
        var text = new StringBuilder("attribute".PadRight(width + 13));
        foreach (var change in Changes) text.Append(Name(change).PadLeft(10));
        foreach (var attribute in attributes)
        {
            text.Append('\n').Append(attribute.Tag).Append("  ").Append(attribute.Keyword.PadRight(width));
            foreach (var change in Changes)
            {
                int count = tally.Count(attribute, change);
                text.Append((count > 0 ? count.ToString(CultureInfo.InvariantCulture) : "-").PadLeft(10));
            }
        }
        return text.ToString();
    }

    private static string Name(AttributeChange change) => change.ToString().ToLowerInvariant();
}
