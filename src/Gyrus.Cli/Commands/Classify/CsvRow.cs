using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace Gyrus.Cli.Commands.Classify;

/// <summary>A row of CSV.</summary>
internal static class CsvRow
{
    // A file's name may begin as a formula, which a spreadsheet would run.
    private static readonly CsvConfiguration Configuration = new(CultureInfo.InvariantCulture)
    {
        NewLine = "\n",
        InjectionOptions = InjectionOptions.Escape,
    };

    /// <summary>The row, with its end of line.</summary>
    /// <param name="fields">Its fields, as they are.</param>
    public static string Of(IEnumerable<string> fields)
    {
        using var text = new StringWriter();
        using (var csv = new CsvWriter(text, Configuration))
        {
            foreach (var field in fields) csv.WriteField(field);
            csv.NextRecord();
        }
        return text.ToString();
    }
}
