using System.Security.Cryptography;
using System.Text;
using Gyrus.Imaging.Labels;

namespace Gyrus.Data.Manifests;

/// <summary>A data set: its images, their labels and the part that each is in.</summary>
/// <param name="Folder">The absolute folder that relative paths start from.</param>
/// <param name="Rows">The images, in file order.</param>
public sealed record Manifest(string Folder, IReadOnlyList<ManifestRow> Rows)
{
    /// <summary>The labels of the data set and what they mean; each row has one of them.</summary>
    public LabelSet Labels { get; init; } = PublishedLabels.Set;

    /// <summary>Images that are not used, since their copies contradict their labels or they were left out; each one's note says why.</summary>
    public IReadOnlyList<ManifestRow> Dropped { get; init; } = [];

    /// <summary>How the parts or folds were made, such as <c>group, seed 1, val 0.15, test 0.15</c>; else empty.</summary>
    public string SplitBy { get; init; } = "";

    /// <summary>The names of the source's own further columns.</summary>
    public IReadOnlyList<string> MoreColumns { get; init; } = [];

    /// <summary>Reads a manifest.</summary>
    /// <param name="path">A CSV file with the columns <c>path,sha256,label,split,width,height,mode,published</c> at
    /// least.</param>
    /// <exception cref="GyrusException">The file is not there or is not a manifest; the message says where and what
    /// to do.</exception>
    public static Manifest Load(string path) => ManifestCsv.Read(path);

    /// <summary>The file beside a manifest that says what its labels mean; there is none where they are the published ones.</summary>
    /// <param name="path">The manifest.</param>
    public static string LabelsPath(string path) => LabelsFile.PathOf(path);

    /// <summary>Writes the manifest, and what its labels mean where they are not the published ones; an old file stands until the new one is whole.</summary>
    public void Save(string path) => ManifestCsv.Write(this, path);

    /// <summary>The place of a row's label among <see cref="Labels"/>.</summary>
    public int LabelOf(ManifestRow row) => Labels.IndexOf(row.Label);

    /// <summary>A row's value in one of the further columns; empty where it has none, or the data set has no such column.</summary>
    /// <param name="row">The row.</param>
    /// <param name="column">The column's name, such as one of <see cref="KnownColumns"/>.</param>
    public string Value(ManifestRow row, string column)
    {
        ArgumentNullException.ThrowIfNull(row);
        int at = PlaceOf(column);
        return at < 0 ? "" : row.More[at];
    }

    /// <summary>The place of a column among <see cref="MoreColumns"/>; -1 where there is none of that name.</summary>
    public int PlaceOf(string column)
    {
        for (int i = 0; i < MoreColumns.Count; i++)
        {
            if (MoreColumns[i] == column) return i;
        }
        return -1;
    }

    /// <summary>The absolute path of a row's image.</summary>
    public string FullPath(ManifestRow row) => Path.GetFullPath(Path.Combine(Folder, row.Path));

    /// <summary>The absolute path of a row's lesion mask; null where it has none.</summary>
    public string? MaskPath(ManifestRow row) =>
        Value(row, KnownColumns.Mask) is { Length: > 0 } mask ? Path.GetFullPath(Path.Combine(Folder, mask)) : null;

    /// <summary>The same data set for a manifest in another folder: relative paths, those of masks too, start from there.</summary>
    /// <param name="manifestPath">Where the manifest will be saved.</param>
    public Manifest MovedTo(string manifestPath)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(manifestPath))!;
        ManifestRow Moved(ManifestRow row) => WithMaskFrom(row, folder) with { Path = ManifestPaths.From(folder, FullPath(row)) };
        return this with { Folder = folder, Rows = [.. Rows.Select(Moved)], Dropped = [.. Dropped.Select(Moved)] };
    }

    /// <summary>A row whose mask's path is for a manifest in another folder.</summary>
    internal ManifestRow WithMaskFrom(ManifestRow row, string folder) => MaskPath(row) is not { } path ? row
        : row with { More = row.More.With(PlaceOf(KnownColumns.Mask), ManifestPaths.From(folder, path)) };

    /// <summary>
    /// SHA-256 over the images' hashes and labels, in lower-case hexadecimal: the same for the same data, wherever it
    /// lies and in whatever order.
    /// </summary>
    public string DataHash() => Hash(Rows.Select(row => $"{row.Sha256} {row.Label}\n"));

    /// <summary>SHA-256 over the images' hashes and parts, in lower-case hexadecimal.</summary>
    public string SplitHash() => Hash(Rows.Select(row => $"{row.Sha256} {row.Split}\n"));

    private static string Hash(IEnumerable<string> lines)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var line in lines.Order(StringComparer.Ordinal)) hash.AppendData(Encoding.UTF8.GetBytes(line));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
