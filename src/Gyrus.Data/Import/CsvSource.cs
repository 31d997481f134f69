using System.Globalization;
using CsvHelper;
using Gyrus.Data.Manifests;

namespace Gyrus.Data.Import;

/// <summary>Reads the columns <c>path,label,split</c> of a CSV file, the paths relative to it, and what further columns
/// it has.</summary>
internal static class CsvSource
{
    /// <summary>Reads the lines.</summary>
    /// <param name="path">The file.</param>
    /// <param name="unlabelled">Whether images may have no label.</param>
    /// <exception cref="GyrusException">The file cannot be read, a column is missing, it lists nothing, or a line names
    /// no path, a path again, or no label or part that there is.</exception>
    public static FoundImages Read(string path, bool unlabelled = false)
    {
        try
        {
            using var csv = new CsvReader(new StringReader(UserText.Read(path)), CultureInfo.InvariantCulture);
            return Read(csv, path, unlabelled);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GyrusException($"{path}: cannot be read ({e.Message}).", e);
        }
    }

    private static FoundImages Read(CsvReader csv, string path, bool unlabelled)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var found = new List<FoundImage>();
        IReadOnlyList<(int At, string Name)> more;
        var paths = new HashSet<string>();
        try
        {
            if (!csv.Read() || !csv.ReadHeader()) throw new GyrusException($"{path}: the file is empty.");
            foreach (var column in (string[])["path", "label"])
            {
                if (!csv.HeaderRecord!.Contains(column))
                {
                    throw new GyrusException(
                        $"{path}: the column '{column}' is missing among {string.Join(", ", csv.HeaderRecord!)}; give "
                        + "path,label or path,label,split.");
                }
            }
            more = MoreColumns(csv.HeaderRecord!);
            string Value(int at, string column) => column != KnownColumns.Mask ? Text(csv, at)
                : Text(csv, at) is not { Length: > 0 } mask ? ""
                : mask.Contains('\0') ? throw Fault(path, csv, "the mask's path holds a NUL") : Path.GetFullPath(Path.Combine(folder, mask));
            bool hasSplit = csv.HeaderRecord!.Contains("split");
            while (csv.Read())
            {
                var image = Image(csv, path, folder, hasSplit, unlabelled);
                if (!paths.Add(image.FullPath))
                    throw Fault(path, csv, $"{csv.GetField("path")} is there twice; remove one of the lines");
                found.Add(image with { More = new ManifestValues([.. more.Select(column => Value(column.At, column.Name))]) });
            }
        }
        catch (CsvHelperException e)
        {
            throw Fault(path, csv, CsvFault.Words(e));
        }
        return found.Count > 0
            ? new FoundImages(found, [], 0) { MoreColumns = [.. more.Select(column => column.Name)] }
            : throw new GyrusException($"{path}: no image is listed.");
    }

    /// <summary>The columns that a manifest keeps as they are, and where they stand. One whose name the manifest has a
    /// use of its own for is kept under another; one that it fills in from the image is not kept.</summary>
    private static List<(int At, string Name)> MoreColumns(string[] header) =>
        [.. header
            .Select((name, at) => (At: at, Name: ManifestCsv.OptionalColumns.Contains(name) ? "source_" + name : name))
            .Where(column => column.Name.Length > 0 && !ManifestCsv.Columns.Contains(column.Name))
            .DistinctBy(column => column.Name)];

    private static string Text(CsvReader csv, int at) => csv.TryGetField(at, out string? value) ? value ?? "" : "";

    private static FoundImage Image(CsvReader csv, string path, string folder, bool hasSplit, bool unlabelled)
    {
        var name = csv.GetField("path") ?? "";
        if (name.Length == 0 || name.Contains('\0')) throw Fault(path, csv, "the path is empty or holds a NUL");
        var label = csv.GetField("label") ?? "";
        if (!unlabelled && string.IsNullOrWhiteSpace(label)) throw Fault(path, csv, "the label is empty");
        var split = hasSplit ? csv.GetField("split") ?? "" : "";
        return new FoundImage(
            Path.GetFullPath(Path.Combine(folder, name)),
            label,
            SplitNames.Parse(split) ?? throw Fault(path, csv, $"the split '{split}' is none of train, val, test"),
            name);
    }

    private static GyrusException Fault(string path, CsvReader csv, string what) =>
        new($"{path}, line {csv.Parser.RawRow}: {what}.");
}
