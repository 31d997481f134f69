using System.Security.Cryptography;

namespace Gyrus.Models;

/// <summary>Ties <c>model.onnx</c> to its <c>model.json</c>, by the SHA-256 of all its bytes.</summary>
public static class NetworkFile
{
    /// <summary>What is said, once, of a package that was exported before <see cref="ModelDescription.NetworkHash"/> was
    /// written; null where nothing is to be said.</summary>
    /// <param name="package">The package.</param>
    public static string? Doubt(ModelPackage package)
    {
        ArgumentNullException.ThrowIfNull(package);
        return package.Description.NetworkHash is not null ? null
            : $"{package.Folder}: this package is from before {ModelPackage.DescriptionFile} named the hash of {ModelPackage.OnnxFile}, so "
                + "that nothing tells whether the two belong together. Export the model again to have it checked.";
    }

    /// <summary>Reads the network.</summary>
    /// <param name="package">The package.</param>
    /// <exception cref="GyrusException">The file cannot be read.</exception>
    public static byte[] Read(ModelPackage package)
    {
        ArgumentNullException.ThrowIfNull(package);
        return Try(package, File.ReadAllBytes);
    }

    /// <summary>Checks that the file is the network that the description was written for; nothing is checked where the description does not say
    /// (<see cref="Doubt"/>). For what is made of the network alone: whoever uses its bytes checks those.</summary>
    /// <param name="package">The package.</param>
    /// <exception cref="GyrusException">It is another, or cannot be read.</exception>
    public static void Require(ModelPackage package)
    {
        ArgumentNullException.ThrowIfNull(package);
        if (package.Description.NetworkHash is { } wanted) Require(package, wanted, Try(package, Hash));
    }

    /// <summary>Checks that bytes are the network that the description was written for; nothing is checked where the description
    /// does not say (<see cref="Doubt"/>).</summary>
    /// <param name="package">The package.</param>
    /// <param name="network">The bytes of its network, all of them: those that are used, so that no exchange of the file in
    /// between goes unseen.</param>
    /// <exception cref="GyrusException">They are others.</exception>
    public static void Require(ModelPackage package, ReadOnlySpan<byte> network)
    {
        ArgumentNullException.ThrowIfNull(package);
        if (package.Description.NetworkHash is { } wanted) Require(package, wanted, Hash(network));
    }

    private static void Require(ModelPackage package, string wanted, string found)
    {
        if (found == wanted) return;
        throw new GyrusException($"{package.OnnxPath}: this is not the network that {ModelPackage.DescriptionFile} was written for (SHA-256 "
            + $"{found[..12]}… and not {wanted[..12]}…). It is damaged, cut off or of another model: copy the whole folder again, or "
            + "export the model again.");
    }

    private static T Try<T>(ModelPackage package, Func<string, T> read)
    {
        try
        {
            return read(package.OnnxPath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GyrusException($"{package.OnnxPath}: cannot be read ({e.Message}). Make it readable, or export the model again.", e);
        }
    }

    /// <summary>The SHA-256 of a network's bytes, in lower-case hexadecimal.</summary>
    /// <param name="network">The bytes.</param>
    public static string Hash(ReadOnlySpan<byte> network) => Convert.ToHexStringLower(SHA256.HashData(network));

    /// <summary>The SHA-256 of a network's file, in lower-case hexadecimal.</summary>
    /// <param name="path">The file.</param>
    internal static string Hash(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
