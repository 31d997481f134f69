using System.Globalization;
using CsvHelper;

namespace Gyrus.Data.Tests.Converting;

/// <summary>Reads the table that a conversion writes.</summary>
internal static class SliceRows
{
    /// <summary>Its rows by column, with <c>path</c>: the file where it lies.</summary>
    public static List<Dictionary<string, string>> Read(string table)
    {
        using var csv = new CsvReader(new StreamReader(table), CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        List<Dictionary<string, string>> rows = [];
        while (csv.Read())
        {
            var row = csv.HeaderRecord!.ToDictionary(name => name, name => csv.GetField(name)!);
            row["path"] = Path.Combine(Path.GetDirectoryName(table)!, row["file"]);
            rows.Add(row);
        }
        return rows;
    }

    public static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    public static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
