using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Gyrus.Dicom.Writing;

/// <summary>Makes UIDs for new objects, the same for the same name, so that what is written twice replaces itself.</summary>
public sealed class DicomUids
{
    /// <summary>The root of UIDs that are made of a UUID, which anyone may use: PS3.5 section B.2.</summary>
    public const string UuidRoot = "2.25";

    private const int Longest = 64;

    // 96 bits: two objects of a root get one UID with a chance of one in 10^9 among 10^10.
    private const int DigitBytes = 12;

    /// <summary>Makes the maker.</summary>
    /// <param name="root">The user's own root; <see cref="UuidRoot"/> for none.</param>
    /// <exception cref="GyrusException">It is no UID, or too long for a root.</exception>
    public DicomUids(string root = UuidRoot)
    {
        ArgumentNullException.ThrowIfNull(root);
        bool isUid = root.Length > 0 && root.Split('.').All(part => part.Length > 0 && part.All(char.IsAsciiDigit) && (part == "0" || part[0] != '0'));
        if (!isUid) throw new GyrusException($"'{root}' is no root of UIDs. Give numbers with dots between, such as 1.2.826.0.1.3680043.8.498, which your organisation was given.");
        if (root.Length + 1 + 29 > Longest) throw new GyrusException($"'{root}' has {root.Length} characters, and a root may have {Longest - 30}.");
        Root = root;
    }

    /// <summary>What all begin with.</summary>
    public string Root { get; }

    /// <summary>Whether a text is a UID, as far as names of files and addresses ask: at most 64 digits and dots, a digit first. Zeros in front are let through, since archives hold such.</summary>
    /// <param name="text">The text.</param>
    public static bool IsUid(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length is > 0 and <= Longest && char.IsAsciiDigit(text[0]) && text.All(c => char.IsAsciiDigit(c) || c == '.');
    }

    /// <summary>The UID of a name.</summary>
    /// <param name="name">What it stands for.</param>
    public string Of(string name)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(name));
        if (Root != UuidRoot) return $"{Root}.{Whole(hash.AsSpan(0, DigitBytes))}";
        // A UUID of one's own making, version 8: RFC 9562 section 5.8.
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return $"{UuidRoot}.{Whole(hash.AsSpan(0, 16))}";
    }

    private static string Whole(ReadOnlySpan<byte> bytes) => new BigInteger(bytes, isUnsigned: true, isBigEndian: true).ToString(CultureInfo.InvariantCulture);
}
