namespace Gyrus.Imaging.Decoding;

/// <summary>An image format: all that any part of Gyrus knows of it.</summary>
/// <param name="Name">In lower case: <see cref="Scan.Format"/> of its scans.</param>
/// <param name="Title">As people write it.</param>
/// <param name="Extensions">The endings of its files' names, in lower case with the dot, the usual one first.</param>
/// <param name="MediaType">Such as <c>image/png</c>.</param>
/// <param name="Begins">Whether a file that begins with these bytes is of it.</param>
/// <param name="Decode">Decodes a whole file, given its name for errors, the format and the largest width times height; throws
/// <see cref="ScanException"/>.</param>
/// <param name="IsRead">Whether there are files of it that are decoded; else it is only told apart, so that the error names it.</param>
public sealed record ImageFormat(
    string Name,
    string Title,
    IReadOnlyList<string> Extensions,
    string MediaType,
    Func<ReadOnlySpan<byte>, bool> Begins,
    Func<string, byte[], ImageFormat, long, Scan> Decode,
    bool IsRead = true);
