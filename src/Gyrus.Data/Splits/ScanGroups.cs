using System.Security.Cryptography;
using System.Text;
using Gyrus.Data.Copies;
using Gyrus.Data.Manifests;

namespace Gyrus.Data.Splits;

/// <summary>Puts every image of a data set into a group that must stay on one side of a split.</summary>
public static class ScanGroups
{
    private const int IdLength = 12;

    /// <summary>
    /// The groups of copies; an image without a copy is a group by itself. The same bytes are copies, even of a file that
    /// is not there to be compared. With columns, images with the same value in
    /// one of them belong together too, and so does what any of these links. Patients are those of their source
    /// (<see cref="KnownColumns"/>): patient 3 of one is not patient 3 of another.
    /// </summary>
    /// <param name="manifest">The data set.</param>
    /// <param name="copies">The copies in it, by the paths of its rows; other paths are passed over.</param>
    /// <param name="columns">Some of the manifest's further columns, such as <c>patient</c>; none for copies alone. A row
    /// without a value belongs to its copies alone.</param>
    /// <returns>The manifest with each row's group set. A group's name is the same for the same images.</returns>
    /// <exception cref="GyrusException">There is no such column.</exception>
    public static Manifest Assign(Manifest manifest, CopyReport copies, params IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(copies);
        var rows = manifest.Rows;
        var places = rows.Select((row, place) => (row.Path, place)).ToDictionary(row => row.Path, row => row.place);
        var links = new Links(rows.Count);
        foreach (var group in copies.Groups)
        {
            var members = group.Images.Where(places.ContainsKey).Select(path => places[path]).ToList();
            foreach (int member in members) links.Join(members[0], member);
        }
        JoinSame(row => row.Sha256);
        foreach (var column in columns)
        {
            int at = Column(manifest, column);
            bool ofSource = column == KnownColumns.Patient;
            JoinSame(row => ofSource && row.More[at].Trim().Length > 0 ? $"{manifest.Value(row, KnownColumns.Source)}\n{row.More[at]}" : row.More[at]);
        }
        var ids = new string[rows.Count];
        foreach (var group in Enumerable.Range(0, rows.Count).GroupBy(links.Root))
        {
            var id = Id(group.Select(place => rows[place].Sha256));
            foreach (int place in group) ids[place] = id;
        }
        return manifest with { Rows = [.. rows.Zip(ids, (row, id) => row with { Group = id })] };

        void JoinSame(Func<ManifestRow, string> valueOf)
        {
            var values = Enumerable.Range(0, rows.Count).GroupBy(i => valueOf(rows[i]));
            foreach (var same in values.Where(same => !string.IsNullOrWhiteSpace(same.Key)))
            {
                int first = same.First();
                foreach (int place in same) links.Join(first, place);
            }
        }
    }

    /// <summary>The images that columns say nothing of, which therefore stay with their copies alone.</summary>
    /// <param name="manifest">The data set.</param>
    /// <param name="columns">Some of the manifest's further columns.</param>
    /// <returns>Those without a value in any of the columns; none without columns.</returns>
    /// <exception cref="GyrusException">There is no such column.</exception>
    public static IReadOnlyList<ManifestRow> WithoutValue(Manifest manifest, IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(columns);
        int[] places = [.. columns.Select(column => Column(manifest, column))];
        return places.Length == 0 ? []
            : [.. manifest.Rows.Where(row => Array.TrueForAll(places, at => string.IsNullOrWhiteSpace(row.More[at])))];
    }

    private static int Column(Manifest manifest, string column)
    {
        int at = manifest.MoreColumns.ToList().IndexOf(column);
        if (at >= 0) return at;
        var known = manifest.MoreColumns.Count > 0
            ? $"it has {string.Join(", ", manifest.MoreColumns)}" : "it has none beside its own";
        throw new GyrusException(
            $"The manifest has no column '{column}' to split by; {known}. Add the column to the CSV file, one value an image.");
    }

    private static string Id(IEnumerable<string> hashes) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(
        string.Join('\n', hashes.Distinct().Order(StringComparer.Ordinal)))))[..IdLength];
}
