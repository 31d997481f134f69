using System.Globalization;
using CsvHelper;
using Gyrus.Imaging;

namespace Gyrus.Data;

/// <summary>Reads the columns <c>path,label,split</c> of a CSV file, the paths relative to it.</summary>
internal static class CsvSource
{
    /// <exception cref="GyrusException">A column is missing, or a line names no label or no part that there is.</exception>
    public static IReadOnlyList<FoundImage> Read(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        using var csv = new CsvReader(new StreamReader(path), CultureInfo.InvariantCulture);
        var found = new List<FoundImage>();
        try
        {
            if (!csv.Read() || !csv.ReadHeader()) throw new GyrusException($"{path}: the file is empty.");
            foreach (var column in (string[])["path", "label"])
            {
                if (!csv.HeaderRecord!.Contains(column))
                    throw new GyrusException($"{path}: the column '{column}' is missing; give path,label or path,label,split.");
            }
            bool hasSplit = csv.HeaderRecord!.Contains("split");
            while (csv.Read())
            {
                var label = csv.GetField("label") ?? "";
                if (ScanLabel.IndexOf(label) < 0)
                {
                    throw new GyrusException($"{path}, line {csv.Parser.RawRow}: the label '{label}' is none of "
                        + string.Join(", ", ScanLabel.All.Select(known => known.Name)) + ".");
                }
                var split = hasSplit ? csv.GetField("split") ?? "" : "";
                found.Add(new FoundImage(
                    Path.GetFullPath(Path.Combine(folder, csv.GetField("path") ?? "")),
                    label,
                    SplitNames.Parse(split) ?? throw new GyrusException(
                        $"{path}, line {csv.Parser.RawRow}: the split '{split}' is none of train, val, test.")));
            }
        }
        catch (CsvHelperException e)
        {
            throw new GyrusException($"{path}, line {csv.Parser.RawRow}: damaged CSV ({e.Message.Split('\n')[0]}).", e);
        }
        return found;
    }
}
