namespace Gyrus.Data;

/// <summary>Reads the metadata of image files.</summary>
public static class MetadataReader
{
    /// <summary>Lists the fields that may tell who or what was scanned.</summary>
    /// <param name="bytes">The whole file.</param>
    public static IReadOnlyList<MetadataFinding> Read(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return [];
    }
}
