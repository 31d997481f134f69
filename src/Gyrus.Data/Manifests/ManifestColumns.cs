namespace Gyrus.Data.Manifests;

/// <summary>Changes which further columns a data set has.</summary>
internal static class ManifestColumns
{
    /// <summary>The data set with exactly these further columns, in this order: a new one is empty, and one that is not named is gone.</summary>
    public static Manifest With(Manifest manifest, IReadOnlyList<string> columns)
    {
        int[] from = [.. columns.Select(manifest.PlaceOf)];
        ManifestRow Changed(ManifestRow row) => row with { More = new ManifestValues([.. from.Select(at => at < 0 ? "" : row.More[at])]) };
        return manifest with
        {
            MoreColumns = columns,
            Rows = [.. manifest.Rows.Select(Changed)],
            Dropped = [.. manifest.Dropped.Select(Changed)],
        };
    }

    /// <summary>The data set with a further column, which is empty where it is new.</summary>
    public static Manifest WithAlso(Manifest manifest, string column) =>
        manifest.PlaceOf(column) >= 0 ? manifest : With(manifest, [.. manifest.MoreColumns, column]);
}
