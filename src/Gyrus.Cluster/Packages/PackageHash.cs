using System.Security.Cryptography;
using System.Text;

namespace Gyrus.Cluster.Packages;

/// <summary>What a model package is known by in a cluster: all its files, whatever its folder is called.</summary>
public static class PackageHash
{
    /// <summary>The SHA-256 (FIPS 180-4) of the lines "hash  name" of the package's files by name, as 64 hexadecimal digits.</summary>
    /// <param name="folder">The package.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static string Of(string folder)
    {
        var lines = new StringBuilder();
        foreach (var name in Files(folder))
        {
            using var stream = File.OpenRead(Path.Combine(folder, name));
            lines.Append(Convert.ToHexStringLower(SHA256.HashData(stream))).Append("  ").Append(name).Append('\n');
        }
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines.ToString())));
    }

    /// <summary>The names of a package's files, in order and with '/' on every system.</summary>
    internal static IReadOnlyList<string> Files(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];
}
