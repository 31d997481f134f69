using System.Globalization;
using System.Text;
using CsvHelper;
using Gyrus.Imaging;

namespace Gyrus.Data;

/// <summary>Manifests as CSV files.</summary>
internal static class ManifestCsv
{
    private static readonly string[] Columns =
        ["path", "sha256", "label", "split", "width", "height", "mode", "published"];

    public static Manifest Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new GyrusException(
                $"{path}: there is no such manifest. Make one with: gyrus data import FOLDER --out {path}");
        }
        try
        {
            using var csv = new CsvReader(new StreamReader(path), CultureInfo.InvariantCulture);
            return new Manifest(Path.GetDirectoryName(Path.GetFullPath(path))!, Rows(csv, path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GyrusException($"{path}: cannot be read ({e.Message}).", e);
        }
    }

    public static void Write(Manifest manifest, string path) => AtomicFile.Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        using var csv = new CsvWriter(writer, CultureInfo.InvariantCulture);
        foreach (var column in Columns) csv.WriteField(column);
        csv.NextRecord();
        foreach (var row in manifest.Rows)
        {
            csv.WriteField(row.Path);
            csv.WriteField(row.Sha256);
            csv.WriteField(row.Label);
            csv.WriteField(SplitNames.Name(row.Split));
            csv.WriteField(row.Width);
            csv.WriteField(row.Height);
            csv.WriteField(row.Mode);
            csv.WriteField(SplitNames.Name(row.Published));
            csv.NextRecord();
        }
    });

    private static List<ManifestRow> Rows(CsvReader csv, string path)
    {
        var rows = new List<ManifestRow>();
        var paths = new HashSet<string>();
        try
        {
            if (!csv.Read() || !csv.ReadHeader()) throw Fault(path, 1, "the file is empty");
            var missing = Columns.Except(csv.HeaderRecord!).ToList();
            if (missing.Count > 0)
            {
                throw Fault(path, 1, $"the column {string.Join(", ", missing)} is missing; a manifest has "
                    + string.Join(", ", Columns));
            }
            while (csv.Read())
            {
                var row = Row(csv, path);
                if (!paths.Add(row.Path)) throw Fault(path, csv.Parser.RawRow, $"path is {row.Path}, which is there twice");
                rows.Add(row);
            }
        }
        catch (CsvHelperException e)
        {
            throw new GyrusException(
                $"{path}, line {csv.Parser.RawRow}: damaged CSV ({e.Message.Split('\n')[0].TrimEnd('.', '\r')}). Import the "
                + "data set again.",
                e);
        }
        return rows;
    }

    private static ManifestRow Row(CsvReader csv, string path)
    {
        int line = csv.Parser.RawRow;
        string Text(string column) => csv.GetField(column) ?? "";
        int Pixels(string column) =>
            int.TryParse(Text(column), NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value
                : throw Fault(path, line, $"{column} is '{Text(column)}', not a number of pixels");
        Split Part(string column) => SplitNames.Parse(Text(column))
            ?? throw Fault(path, line, $"{column} is '{Text(column)}'; use train, val, test or nothing");

        if (Text("path").Length == 0) throw Fault(path, line, "path is empty");
        var hash = Text("sha256");
        if (hash.Length != 64 || !hash.All(char.IsAsciiHexDigitLower))
            throw Fault(path, line, $"sha256 is '{hash}', not 64 lower-case hexadecimal digits");
        var label = Text("label");
        if (ScanLabel.IndexOf(label) < 0)
        {
            throw Fault(path, line, $"label is '{label}'; the labels are "
                + string.Join(", ", ScanLabel.All.Select(known => known.Name)));
        }
        return new ManifestRow(
            Text("path"), hash, label, Part("split"), Pixels("width"), Pixels("height"), Text("mode"), Part("published"));
    }

    private static GyrusException Fault(string path, int line, string what) =>
        new($"{path}, line {line}: {what}. Mend the line, or import the data set again.");
}
