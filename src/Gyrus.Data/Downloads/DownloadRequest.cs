namespace Gyrus.Data.Downloads;

/// <summary>A file to download.</summary>
/// <param name="Address">Where from: http or https; redirects are followed.</param>
/// <param name="Destination">The file to write. It appears, whole and checked, at the end.</param>
/// <param name="Hash">The hash that the file must have, where it is known.</param>
/// <param name="Check">
/// Looks at the whole file, at the temporary path that it is given, before it appears at the destination; returns
/// what is wrong with it, as the end of a sentence that starts with "what came", or null where it is right.
/// </param>
public sealed record DownloadRequest(
    Uri Address,
    string Destination,
    FileHash? Hash = null,
    Func<string, string?>? Check = null);
