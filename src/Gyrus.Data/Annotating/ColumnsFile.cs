using System.Globalization;
using CsvHelper;
using Gyrus.Data.Manifests;

namespace Gyrus.Data.Annotating;

/// <summary>A CSV file with the column <c>path</c> and what is known of each image.</summary>
/// <param name="Columns">The columns that a manifest can take.</param>
/// <param name="Others">Those that it cannot, since it has a use of its own for them.</param>
/// <param name="Lines">The values of each image, by its absolute path; a mask's is absolute too.</param>
internal sealed record ColumnsFile(
    IReadOnlyList<string> Columns, IReadOnlyList<string> Others, IReadOnlyDictionary<string, ManifestValues> Lines)
{
    /// <summary>Reads a file; paths in it are relative to its folder.</summary>
    /// <exception cref="GyrusException">It cannot be read, has no column <c>path</c> or none beside it, or a line is damaged, names no image
    /// or one that another line names.</exception>
    public static ColumnsFile Read(string path)
    {
        try
        {
            using var csv = new CsvReader(new StringReader(UserText.Read(path)), CultureInfo.InvariantCulture);
            return Read(csv, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GyrusException($"{path}: cannot be read ({e.Message}). Give a CSV file with the column path.", e);
        }
    }

    private static ColumnsFile Read(CsvReader csv, string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var lines = new Dictionary<string, ManifestValues>(StringComparer.Ordinal);
        try
        {
            if (!csv.Read() || !csv.ReadHeader()) throw new GyrusException($"{path}: the file is empty.");
            string[] header = [.. csv.HeaderRecord!.Where(name => name.Length > 0).Distinct()];
            if (!header.Contains("path"))
                throw new GyrusException($"{path}: the column 'path' is missing among {string.Join(", ", header)}; give path and others.");
            string[] own = [.. ManifestCsv.Columns, .. ManifestCsv.OptionalColumns];
            string[] columns = [.. header.Except(own)];
            if (columns.Length == 0) throw new GyrusException($"{path}: there is no column beside {string.Join(", ", header)} to take.");
            while (csv.Read())
            {
                var image = Absolute(csv.GetField("path") ?? "", folder) ?? throw Fault(path, csv, "the path is empty or holds a NUL");
                var values = new ManifestValues([.. columns.Select(column => Value(csv, column, folder))]);
                if (!lines.TryAdd(image, values)) throw Fault(path, csv, $"{csv.GetField("path")} is there twice; remove one of the lines");
            }
            return new ColumnsFile(columns, [.. header.Intersect(own).Where(name => name != "path")], lines);
        }
        catch (CsvHelperException e)
        {
            throw Fault(path, csv, CsvFault.Words(e));
        }
    }

    private static string Value(CsvReader csv, string column, string folder)
    {
        var value = csv.TryGetField(column, out string? text) ? text ?? "" : "";
        return column == KnownColumns.Mask ? Absolute(value, folder) ?? "" : value;
    }

    private static string? Absolute(string path, string folder) =>
        path.Length == 0 || path.Contains('\0') ? null : Path.GetFullPath(Path.Combine(folder, path));

    private static GyrusException Fault(string path, CsvReader csv, string what) => new($"{path}, line {csv.Parser.RawRow}: {what}.");
}
