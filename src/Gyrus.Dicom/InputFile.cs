namespace Gyrus.Dicom;

/// <summary>Reads whole files.</summary>
internal static class InputFile
{
    private const long Largest = 1L << 31;

    /// <summary>The bytes of a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DicomException">It is not there, may not be read, or is too large.</exception>
    public static byte[] Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (FileKind.Special(path) is { } special) throw new DicomException(path, DicomFault.Unreadable, $"this is {special} and no file; name a DICOM or NIfTI file");
        try
        {
            var file = new FileInfo(path);
            if (file.Exists && file.Length >= Math.Min(Largest, Array.MaxLength))
                throw new DicomException(path, DicomFault.TooLarge, $"the file has {file.Length} bytes, and may have {Largest}; save it as several");
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new DicomException(path, DicomFault.Unreadable, PathFault.OfFile(path, e), e);
        }
    }
}
