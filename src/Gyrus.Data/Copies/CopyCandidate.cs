namespace Gyrus.Data.Copies;

/// <summary>An image among which copies are looked for.</summary>
/// <param name="Path">Names it in the report.</param>
/// <param name="Sha256">SHA-256 of its bytes.</param>
/// <param name="Fingerprint">Its fingerprint.</param>
public sealed record CopyCandidate(string Path, string Sha256, Fingerprint Fingerprint);
