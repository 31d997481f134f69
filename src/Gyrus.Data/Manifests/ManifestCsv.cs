using System.Globalization;
using System.Text;
using CsvHelper;
using Gyrus.Imaging.Labels;

namespace Gyrus.Data.Manifests;

/// <summary>Manifests as CSV files.</summary>
internal static class ManifestCsv
{
    private const string Yes = "yes";
    private const string Out = "out";

    /// <summary>In every manifest.</summary>
    public static readonly string[] Columns =
        ["path", "sha256", "label", "split", "width", "height", "mode", "published"];

    /// <summary>Written where a row has a value for them.</summary>
    public static readonly string[] OptionalColumns =
        ["group", "fold", "published_label", "note", "dropped", "split_by"];

    public static Manifest Read(string path)
    {
        if (Directory.Exists(path)) throw new GyrusException($"{path}: this is a folder, and a manifest is a CSV file. Name the file.");
        if (!File.Exists(path))
        {
            throw new GyrusException(
                $"{path}: there is no such manifest. Name one that is there, or import the data set to it.");
        }
        try
        {
            using var csv = new CsvReader(new StringReader(UserText.Read(path)), CultureInfo.InvariantCulture);
            return Manifest(csv, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GyrusException($"{path}: cannot be read ({e.Message}).", e);
        }
    }

    public static void Write(Manifest manifest, string path)
    {
        LabelsFile.Write(path, manifest.Labels);
        AtomicFile.Write(path, stream => WriteRows(manifest, stream));
    }

    private static void WriteRows(Manifest manifest, Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        using var csv = new CsvWriter(writer, CultureInfo.InvariantCulture);
        var dropped = manifest.Dropped.ToHashSet();
        var optional = OptionalColumns.Where(column => manifest.Rows.Any(row => Optional(manifest, dropped, row, column).Length > 0)
            || manifest.Dropped.Count > 0).ToList();
        foreach (var column in (IEnumerable<string>)[.. Columns, .. optional, .. manifest.MoreColumns])
            csv.WriteField(column);
        csv.NextRecord();
        foreach (var row in (IEnumerable<ManifestRow>)[.. manifest.Rows, .. manifest.Dropped])
        {
            csv.WriteField(row.Path);
            csv.WriteField(row.Sha256);
            csv.WriteField(row.Label);
            csv.WriteField(SplitNames.Name(row.Split));
            csv.WriteField(row.Width);
            csv.WriteField(row.Height);
            csv.WriteField(row.Mode);
            csv.WriteField(SplitNames.Name(row.Published));
            foreach (var column in optional) csv.WriteField(Optional(manifest, dropped, row, column));
            for (int i = 0; i < manifest.MoreColumns.Count; i++) csv.WriteField(row.More[i]);
            csv.NextRecord();
        }
    }

    private static string Optional(
        Manifest manifest, HashSet<ManifestRow> dropped, ManifestRow row, string column) => column switch
        {
            "group" => row.Group,
            "fold" => row.Fold?.ToString(CultureInfo.InvariantCulture) ?? "",
            "published_label" => row.PublishedLabel,
            "note" => row.Note,
            "dropped" => !dropped.Contains(row) ? "" : row.LeftOut ? Out : Yes,
            _ => manifest.SplitBy,
        };

    private static Manifest Manifest(CsvReader csv, string path)
    {
        var more = new List<string>();
        var splitBy = new HashSet<string>();
        var rows = Rows(csv, path, more, splitBy);
        return new Manifest(
            Path.GetDirectoryName(Path.GetFullPath(path))!,
            [.. rows.Where(row => !row.Dropped).Select(row => row.Row)])
        {
            Dropped = [.. rows.Where(row => row.Dropped).Select(row => row.Row)],
            SplitBy = string.Join("; ", splitBy),
            MoreColumns = more,
            Labels = Labels(path, rows.Select(row => row.Row)),
        };
    }

    private static LabelSet Labels(string path, IEnumerable<ManifestRow> rows)
    {
        string[] names = [.. rows.Select(row => row.Label).Distinct()];
        if (LabelsFile.Read(path) is not { } labels)
        {
            try
            {
                return LabelNames.Guess(names);
            }
            catch (GyrusException e)
            {
                throw new GyrusException($"{path}: {e.Message}", e);
            }
        }
        return names.FirstOrDefault(name => labels.IndexOf(name) < 0) is not { } unknown ? labels
            : throw new GyrusException($"{path}: the label '{unknown}' is none of those in {LabelsFile.PathOf(path)}: {string.Join(", ", labels.Names)}. "
                + "Mend one of the two.");
    }

    private static List<(ManifestRow Row, bool Dropped)> Rows(
        CsvReader csv, string path, List<string> more, HashSet<string> splitBy)
    {
        var rows = new List<(ManifestRow Row, bool Dropped)>();
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
            more.AddRange(csv.HeaderRecord!.Except(Columns).Except(OptionalColumns));
            while (csv.Read())
            {
                var row = Row(csv, path, more);
                if (!paths.Add(row.Path)) throw Fault(path, csv.Parser.RawRow, $"path is {row.Path}, which is there twice");
                if (Text(csv, "split_by") is { Length: > 0 } by) splitBy.Add(by);
                rows.Add((row, Text(csv, "dropped") is Yes or Out));
            }
        }
        catch (CsvHelperException e)
        {
            throw new GyrusException(
                $"{path}, line {csv.Parser.RawRow}: {CsvFault.Words(e)}. Mend the line, or "
                + "import the data set again.",
                e);
        }
        return rows;
    }

    /// <summary>A field; empty where there is no such column.</summary>
    private static string Text(CsvReader csv, string column) =>
        csv.TryGetField(column, out string? value) ? value ?? "" : "";

    private static ManifestRow Row(CsvReader csv, string path, List<string> more)
    {
        int line = csv.Parser.RawRow;
        string Text(string column) => Columns.Contains(column) ? csv.GetField(column) ?? "" : ManifestCsv.Text(csv, column);
        int Pixels(string column) =>
            int.TryParse(Text(column), NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value > 0 ? value
                : throw Fault(path, line, $"{column} is '{Text(column)}', not a number of pixels");
        Split Part(string column) => SplitNames.Parse(Text(column))
            ?? throw Fault(path, line, $"{column} is '{Text(column)}'; use train, val, test or nothing");

        if (Text("path").Length == 0) throw Fault(path, line, "path is empty");
        var hash = Text("sha256");
        if (hash.Length != 64 || !hash.All(char.IsAsciiHexDigitLower))
            throw Fault(path, line, $"sha256 is '{hash}', not 64 lower-case hexadecimal digits");
        var label = Text("label");
        if (string.IsNullOrWhiteSpace(label)) throw Fault(path, line, "label is empty");
        return new ManifestRow(
            Text("path"), hash, label, Part("split"), Pixels("width"), Pixels("height"), Text("mode"), Part("published"))
        {
            Group = Text("group"),
            Fold = Text("fold").Length == 0 ? null
                : int.TryParse(Text("fold"), NumberStyles.None, CultureInfo.InvariantCulture, out int fold) ? fold
                : throw Fault(path, line, $"fold is '{Text("fold")}', not a number from 0"),
            PublishedLabel = Text("published_label"),
            Note = Text("note"),
            LeftOut = Text("dropped") == Out,
            More = more.Count == 0 ? ManifestValues.None : new ManifestValues([.. more.Select(Text)]),
        };
    }

    private static GyrusException Fault(string path, int line, string what) =>
        new($"{path}, line {line}: {what}. Mend the line, or import the data set again.");
}
