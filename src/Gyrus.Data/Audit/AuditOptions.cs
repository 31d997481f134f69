namespace Gyrus.Data.Audit;

/// <summary>Where an audit keeps things.</summary>
/// <param name="CacheFolder">What was computed of each image, so that the next audit need not.</param>
/// <param name="UnpackTo">The images of a zip; not used otherwise.</param>
public sealed record AuditOptions(string CacheFolder, string UnpackTo)
{
    /// <summary>Another data set whose labels of the same scans are compared: a folder, a zip or a CSV file; null for none.</summary>
    public string? Against { get; init; }
}
