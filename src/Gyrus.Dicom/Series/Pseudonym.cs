using System.Security.Cryptography;
using System.Text;

namespace Gyrus.Dicom.Series;

/// <summary>Names that stand for others: the same for the same, and without their words.</summary>
public static class Pseudonym
{
    private const int Digits = 12;

    /// <summary>12 hexadecimal digits of the SHA-256 of a name. Whoever has the names of all whom it may stand for can find which it is.</summary>
    /// <param name="name">The name.</param>
    public static string Of(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..Digits];
}
