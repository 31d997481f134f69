namespace Gyrus.Data.Metadata;

/// <summary>A field of a file's metadata that may tell who or what was scanned.</summary>
/// <param name="Field">Where it stands, such as <c>EXIF Artist</c> or <c>PNG text Comment</c>.</param>
/// <param name="Value">What it says, shortened.</param>
/// <param name="Kind">Why it is listed: <c>name</c>, <c>date</c>, <c>device</c>, <c>place</c> or <c>text</c>.</param>
public sealed record MetadataFinding(string Field, string Value, string Kind);
