using System.Security.Cryptography;
using System.Text;

namespace Gyrus.Data;

/// <summary>A data set: its images, their labels and the part that each is in.</summary>
/// <param name="Folder">The absolute folder that relative paths start from.</param>
/// <param name="Rows">The images, in file order.</param>
public sealed record Manifest(string Folder, IReadOnlyList<ManifestRow> Rows)
{
    /// <summary>Reads a manifest.</summary>
    /// <param name="path">A CSV file with the columns <c>path,sha256,label,split,width,height,mode,published</c>.</param>
    /// <exception cref="GyrusException">The file is not there or is not a manifest; the message says where and what
    /// to do.</exception>
    public static Manifest Load(string path) => ManifestCsv.Read(path);

    /// <summary>Writes the manifest; an old file stands until the new one is whole.</summary>
    public void Save(string path) => ManifestCsv.Write(this, path);

    /// <summary>The absolute path of a row's image.</summary>
    public string FullPath(ManifestRow row) => Path.GetFullPath(Path.Combine(Folder, row.Path));

    /// <summary>The same data set for a manifest in another folder: relative paths start from there.</summary>
    /// <param name="manifestPath">Where the manifest will be saved.</param>
    public Manifest MovedTo(string manifestPath)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(manifestPath))!;
        return new Manifest(
            folder, [.. Rows.Select(row => row with { Path = ManifestPaths.From(folder, FullPath(row)) })]);
    }

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
        foreach (var line in lines.Order(StringComparer.Ordinal)) hash.AppendData(Encoding.ASCII.GetBytes(line));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
