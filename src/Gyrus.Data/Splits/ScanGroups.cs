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
    /// is not there to be compared. With a column, images with the same value in
    /// it belong together too, and so does what either of the two links.
    /// </summary>
    /// <param name="manifest">The data set.</param>
    /// <param name="copies">The copies in it, by the paths of its rows; other paths are passed over.</param>
    /// <param name="column">One of the manifest's further columns, such as <c>patient</c>; null for copies alone. A row
    /// without a value belongs to its copies alone.</param>
    /// <returns>The manifest with each row's group set. A group's name is the same for the same images.</returns>
    /// <exception cref="GyrusException">There is no such column.</exception>
    public static Manifest Assign(Manifest manifest, CopyReport copies, string? column = null)
    {
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
        if (column is not null)
        {
            int at = Column(manifest, column);
            JoinSame(row => row.More[at]);
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

    /// <summary>The images that a column says nothing of, which therefore stay with their copies alone.</summary>
    /// <param name="manifest">The data set.</param>
    /// <param name="column">One of the manifest's further columns; null for none.</param>
    /// <exception cref="GyrusException">There is no such column.</exception>
    public static IReadOnlyList<ManifestRow> WithoutValue(Manifest manifest, string? column)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        if (column is null) return [];
        int at = Column(manifest, column);
        return [.. manifest.Rows.Where(row => string.IsNullOrWhiteSpace(row.More[at]))];
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

    private sealed class Links(int count)
    {
        private readonly int[] parents = [.. Enumerable.Range(0, count)];

        public void Join(int one, int other) => parents[Root(one)] = Root(other);

        public int Root(int place)
        {
            while (parents[place] != place) place = parents[place] = parents[parents[place]];
            return place;
        }
    }
}
