namespace Gyrus.Cluster.Packages;

/// <summary>A model package in the cluster's store. Its key is <see cref="PackageHash"/>, and its content never changes.</summary>
[Alias("gyrus.package")]
public interface IPackage : IGrainWithStringKey
{
    /// <summary>The files; null where the package is not there, or not yet whole.</summary>
    [Alias("files")]
    Task<PackageFile[]?> Files();

    /// <summary>Says that all parts are there (<see cref="IPackagePart"/>).</summary>
    [Alias("keep")]
    Task Keep(PackageFile[] files);
}

/// <summary>A part of a package: its files one after another, cut every <see cref="Size"/> bytes. Its key is its number and the package's.</summary>
[Alias("gyrus.package-part")]
public interface IPackagePart : IGrainWithIntegerCompoundKey
{
    /// <summary>The size of all parts but the last, in bytes: a message and a row of a database take as much well.</summary>
    const int Size = 1 << 20;

    /// <summary>Writes it. Said twice it is done once.</summary>
    [Alias("write")]
    Task Write(byte[] bytes);

    /// <summary>Reads it; empty where it is not there.</summary>
    [Alias("read")]
    Task<byte[]> Read();
}

/// <summary>A file of a package.</summary>
/// <param name="Name">Its path within the package, with '/'.</param>
/// <param name="Size">Its size in bytes.</param>
[GenerateSerializer, Immutable, Alias("gyrus.package-file")]
public sealed record PackageFile(string Name, long Size);
