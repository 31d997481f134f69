using System.Security.Cryptography;
using System.Text;
using Gyrus.Dicom.Privacy;

namespace Gyrus.Data.Deidentification;

/// <summary>A secret that stays from run to run. Whoever has it can tell which pseudonym a patient has, and by how many days dates were moved.</summary>
public static class SecretFile
{
    private const int Bytes = 32;

    /// <summary>The bytes of a file, without the end of its line. Where there is none it is made, of random digits, for its owner's eyes alone.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The secret, and whether the file was made.</returns>
    /// <exception cref="GyrusException">It cannot be read or made, or is too short.</exception>
    public static (byte[] Secret, bool IsNew) ReadOrMake(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            bool isNew = !File.Exists(path);
            if (isNew) Make(path);
            var secret = File.ReadAllBytes(path).AsSpan().TrimEnd("\r\n"u8).ToArray();
            return secret.Length >= Pseudonyms.ShortestSecret ? (secret, isNew)
                : throw new GyrusException($"{path}: the secret has {secret.Length} bytes, and must have {Pseudonyms.ShortestSecret} or more. Name a file that is not there yet, and one is made.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GyrusException($"{path}: the secret cannot be read or made ({e.Message}). Name another file.", e);
        }
    }

    private static void Make(string path)
    {
        PathFault.RequireFilePlace(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var temporary = path + ".tmp-" + Path.GetRandomFileName();
        using (var stream = new FileStream(temporary, options))
        {
            stream.Write(Encoding.ASCII.GetBytes(RandomNumberGenerator.GetHexString(2 * Bytes, lowercase: true) + "\n"));
            stream.Flush(flushToDisk: true);
        }
        File.Move(temporary, path);
    }
}
