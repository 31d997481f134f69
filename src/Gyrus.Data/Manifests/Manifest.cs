namespace Gyrus.Data;

/// <summary>A data set: its images, their labels and the part that each is in.</summary>
/// <param name="Folder">The absolute folder that relative paths start from.</param>
/// <param name="Rows">The images, in file order.</param>
public sealed record Manifest(string Folder, IReadOnlyList<ManifestRow> Rows)
{
    /// <summary>The absolute path of a row's image.</summary>
    public string FullPath(ManifestRow row) => System.IO.Path.GetFullPath(System.IO.Path.Combine(Folder, row.Path));
}
