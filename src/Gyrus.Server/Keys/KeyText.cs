using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Gyrus.Server.Keys;

/// <summary>A key as its owner has it: <c>gyrus_ID_SECRET</c>.</summary>
/// <param name="Id">Which key it is.</param>
/// <param name="Secret">43 characters of base64url: 256 random bits.</param>
internal sealed record KeyText(string Id, string Secret)
{
    private const string Prefix = "gyrus";

    /// <summary>The hash that is kept.</summary>
    public byte[] Hash => HashOf(Secret);

    /// <summary>SHA-256 of a text.</summary>
    public static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    /// <summary>A new key.</summary>
    public static KeyText Draw() => new(
        RandomNumberGenerator.GetHexString(8, lowercase: true),
        Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)));

    /// <summary>Takes a key apart; null where it is none.</summary>
    public static KeyText? Parse(string? text) =>
        text?.Split('_', 3) is [Prefix, { Length: 8 } id, { Length: 43 } secret] && secret.All(char.IsAscii)
            ? new KeyText(id, secret) : null;

    public override string ToString() => $"{Prefix}_{Id}_{Secret}";
}
