using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Gyrus.Dicom.Writing;

namespace Gyrus.Dicom.Privacy;

/// <summary>What stands for UIDs, patients and folders: the same for the same secret, and not to be traced back without it (HMAC-SHA-256, RFC 2104).</summary>
/// <param name="secret">At least <see cref="ShortestSecret"/> bytes that nobody else knows.</param>
/// <param name="uids">Makes UIDs under the user's root.</param>
public sealed class Pseudonyms(byte[] secret, DicomUids uids)
{
    /// <summary>The fewest bytes of a secret: with fewer, patients could be found by trying all.</summary>
    public const int ShortestSecret = 16;

    // Ten years: further back than most follow-ups go, and always into the past, so that no date lies ahead.
    private const int MostDays = 3650;

    // Letters that are not taken for each other: Crockford's base 32. 60 bits: two of a million patients share a name with a chance of one in two million.
    private const string Letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int PatientLetters = 12;

    private const int FolderDigits = 12;

    private readonly byte[] _secret = Checked(secret);

    /// <summary>The UID in place of another.</summary>
    /// <param name="original">The UID.</param>
    public string Uid(string original) => uids.Of(Convert.ToHexStringLower(Keyed("uid", original)));

    /// <summary>The name and number of a patient.</summary>
    /// <param name="patient">Names the patient.</param>
    public string Patient(string patient) => "P" + string.Concat(Keyed("patient", patient).Take(PatientLetters).Select(value => Letters[value & 31]));

    /// <summary>The days by which a patient's dates move, below 0.</summary>
    /// <param name="patient">Names the patient.</param>
    public int Days(string patient) => -1 - (int)(BinaryPrimitives.ReadUInt64LittleEndian(Keyed("days", patient)) % MostDays);

    /// <summary>The name of a folder.</summary>
    /// <param name="path">The folder, relative to that of all.</param>
    public string Folder(string path) => Convert.ToHexStringLower(Keyed("folder", path))[..FolderDigits];

    private byte[] Keyed(string purpose, string value) => HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes($"{purpose}\0{value}"));

    private static byte[] Checked(byte[] secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        return secret.Length >= ShortestSecret ? secret
            : throw new GyrusException($"The secret has {secret.Length} bytes, and must have {ShortestSecret} or more. Give a longer one that nobody can guess.");
    }
}
