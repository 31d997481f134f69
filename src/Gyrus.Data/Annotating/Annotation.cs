using Gyrus.Data.Manifests;

namespace Gyrus.Data.Annotating;

/// <summary>What joining columns to a data set gave.</summary>
/// <param name="Manifest">The data set with the columns.</param>
/// <param name="Columns">The columns that were taken.</param>
/// <param name="NotTaken">Columns of the file that a manifest has a use of its own for, such as <c>label</c>.</param>
/// <param name="WithoutLine">Images that no line of the file names, by their paths in the manifest.</param>
/// <param name="WithoutImage">Absolute paths that a line names and the data set does not hold.</param>
public sealed record AnnotationResult(
    Manifest Manifest,
    IReadOnlyList<string> Columns,
    IReadOnlyList<string> NotTaken,
    IReadOnlyList<string> WithoutLine,
    IReadOnlyList<string> WithoutImage);

/// <summary>Brings to a data set what another file knows of its images.</summary>
public static class Annotation
{
    /// <summary>Joins the columns of a CSV file to a data set by the images' paths. A value of the file stands over one that the data set
    /// has; where the file has none, or no line for the image, the data set's stays.</summary>
    /// <param name="manifest">The data set; images that it dropped are joined too.</param>
    /// <param name="path">The CSV file, with the column <c>path</c>, relative to the file's folder.</param>
    /// <param name="only">The columns to take; all where null.</param>
    /// <exception cref="GyrusException">The file cannot be read, lacks a column, or names no image of the data set.</exception>
    public static AnnotationResult Join(Manifest manifest, string path, IReadOnlyList<string>? only = null)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        var file = ColumnsFile.Read(path);
        var columns = only is null ? file.Columns : Chosen(path, file, only);
        int[] from = [.. columns.Select(column => file.Columns.ToList().IndexOf(column))];
        var wide = columns.Aggregate(manifest, ManifestColumns.WithAlso);
        int[] to = [.. columns.Select(wide.PlaceOf)];
        var used = new HashSet<string>(StringComparer.Ordinal);

        ManifestRow Joined(ManifestRow row)
        {
            var image = wide.FullPath(row);
            if (!file.Lines.TryGetValue(image, out var line)) return row;
            used.Add(image);
            var more = row.More;
            for (int i = 0; i < from.Length; i++)
            {
                if (line[from[i]] is { Length: > 0 } value) more = more.With(to[i], Written(columns[i], value, wide.Folder));
            }
            return row with { More = more };
        }

        var joined = wide with { Rows = [.. wide.Rows.Select(Joined)], Dropped = [.. wide.Dropped.Select(Joined)] };
        if (used.Count == 0)
        {
            throw new GyrusException(
                $"{path}: none of its {file.Lines.Count} lines names an image of the manifest. Paths are taken relative to the file's folder; "
                + $"the manifest's first image is {(wide.Rows.Count > 0 ? wide.FullPath(wide.Rows[0]) : "none")}.");
        }
        return new AnnotationResult(
            joined,
            columns,
            file.Others,
            [.. wide.Rows.Where(row => !used.Contains(wide.FullPath(row))).Select(row => row.Path)],
            [.. file.Lines.Keys.Where(image => !used.Contains(image)).Order(StringComparer.Ordinal)]);
    }

    private static string Written(string column, string value, string folder) =>
        column == KnownColumns.Mask ? ManifestPaths.From(folder, value) : value;

    private static IReadOnlyList<string> Chosen(string path, ColumnsFile file, IReadOnlyList<string> only) =>
        only.FirstOrDefault(column => !file.Columns.Contains(column)) is { } unknown
            ? throw new GyrusException($"{path}: there is no column '{unknown}' to take. Name some of {string.Join(", ", file.Columns)}.")
            : [.. only.Distinct()];
}
