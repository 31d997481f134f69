using System.Security.Cryptography;

namespace Gyrus.Data.Downloads;

/// <summary>A hash that a file must have.</summary>
public sealed record FileHash
{
    private FileHash(HashAlgorithmName algorithm, string hex, int digits)
    {
        if (hex.Length != digits || !hex.All(char.IsAsciiHexDigit))
        {
            throw new ArgumentException($"'{hex}' is not {digits} hexadecimal digits.", nameof(hex));
        }
        (Algorithm, Hex) = (algorithm, hex.ToLowerInvariant());
    }

    /// <summary>The algorithm: SHA-256 or MD5.</summary>
    public HashAlgorithmName Algorithm { get; }

    /// <summary>The hash as lower-case hexadecimal digits.</summary>
    public string Hex { get; }

    /// <summary>A SHA-256 hash.</summary>
    /// <param name="hex">64 hexadecimal digits.</param>
    /// <exception cref="ArgumentException">It is not that.</exception>
    public static FileHash Sha256(string hex) => new(HashAlgorithmName.SHA256, hex, 64);

    /// <summary>An MD5 hash: finds damage, proves no origin. Some publishers state nothing better.</summary>
    /// <param name="hex">32 hexadecimal digits.</param>
    /// <exception cref="ArgumentException">It is not that.</exception>
    public static FileHash Md5(string hex) => new(HashAlgorithmName.MD5, hex, 32);

    /// <summary>The same kind of hash of a file's bytes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public async Task<FileHash> OfAsync(string path, CancellationToken cancellationToken = default)
    {
        var file = File.OpenRead(path);
        await using (file.ConfigureAwait(false))
        {
            var hash = await CryptographicOperations.HashDataAsync(Algorithm, file, cancellationToken)
                .ConfigureAwait(false);
            return new FileHash(Algorithm, Convert.ToHexStringLower(hash), Hex.Length);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Algorithm.Name} {Hex}";
}
