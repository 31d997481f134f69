using System.Globalization;
using System.Text;
using CsvHelper;

namespace Gyrus.Data.Converting;

/// <summary>A slice that was written.</summary>
/// <param name="File">The file's name beside the table.</param>
/// <param name="Index">Which slice of the file, from 0.</param>
/// <param name="Source">Where it came from.</param>
/// <param name="Spacing">Millimetres from row to row and from column to column, as written; null where they are not known.</param>
internal sealed record TabledSlice(string File, int Index, StackSlice Source, (double Row, double Column)? Spacing);

/// <summary>The table that tells which slice is which source, and what its levels mean.</summary>
internal static class SliceTable
{
    /// <summary>The columns; see docs/formats.md.</summary>
    private static readonly string[] Columns =
        ["file", "slice", "source", "frame", "instance", "place_mm", "row_spacing_mm", "column_spacing_mm", "slope", "offset", "unit"];

    /// <summary>The table as CSV.</summary>
    /// <param name="slices">The slices.</param>
    /// <param name="levels">What is to be done with a level to give the value; null where images are as displayed.</param>
    /// <param name="unit">The unit of values.</param>
    public static byte[] Csv(IEnumerable<TabledSlice> slices, GreyLevels? levels, string unit)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using (var csv = new CsvWriter(text, CultureInfo.InvariantCulture, leaveOpen: true))
        {
            foreach (var column in Columns) csv.WriteField(column);
            csv.NextRecord();
            foreach (var slice in slices)
            {
                csv.WriteField(slice.File);
                csv.WriteField(slice.Index);
                csv.WriteField(slice.Source.Path);
                csv.WriteField(slice.Source.Frame + 1);
                csv.WriteField(slice.Source.Number);
                csv.WriteField(slice.Source.Along);
                csv.WriteField(slice.Spacing?.Row);
                csv.WriteField(slice.Spacing?.Column);
                csv.WriteField(levels?.Slope);
                csv.WriteField(levels?.Offset);
                csv.WriteField(unit);
                csv.NextRecord();
            }
        }
        return new UTF8Encoding(false).GetBytes(text.ToString());
    }
}
