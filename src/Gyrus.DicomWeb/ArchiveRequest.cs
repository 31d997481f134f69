namespace Gyrus.DicomWeb;

/// <summary>Studies of an archive.</summary>
/// <param name="Address">The archive.</param>
/// <param name="Studies">Their UIDs.</param>
/// <param name="Query">What finds others; null for none.</param>
public sealed record ArchiveRequest(ArchiveAddress Address, IReadOnlyList<string> Studies, string? Query);
