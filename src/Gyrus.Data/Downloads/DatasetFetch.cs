using System.IO.Compression;

namespace Gyrus.Data.Downloads;

/// <summary>
/// Fetches the published data set, "Brain Tumor Multimodal Image (CT &amp; MRI)", as its publisher zips it.
/// </summary>
public static class DatasetFetch
{
    /// <summary>The name of the fetched file.</summary>
    public const string FileName = "brain-tumor-multimodal.zip";

    /// <summary>Where the publisher serves the zip: redirects to a store, and needs no login.</summary>
    public static Uri Address { get; } = new(
        "https://www.kaggle.com/api/v1/datasets/download/murtozalikhon/brain-tumor-multimodal-image-ct-and-mri");

    /// <summary>
    /// Downloads the zip as <see cref="Download.RunAsync"/> does; one that is already there is kept as it is.
    /// The publisher states no hash, so that it is only checked to be a whole zip with files in it.
    /// </summary>
    /// <param name="client">Makes the connections.</param>
    /// <param name="folder">Where to; null for the folder <c>data</c> of the <see cref="UserCache"/>.</param>
    /// <param name="address">Where from, such as a mirror; null for <see cref="Address"/>.</param>
    /// <param name="options">How patient to be; the defaults where it is null.</param>
    /// <param name="progress">Hears how many megabytes have come.</param>
    /// <param name="cancellationToken">Stops the download; what came is kept for the next run.</param>
    /// <returns>The zip's absolute path.</returns>
    /// <exception cref="DownloadException">The download did not end; the message says why and what to do.</exception>
    /// <exception cref="GyrusException">There is no place for the cache.</exception>
    public static async Task<string> RunAsync(
        HttpClient client,
        string? folder = null,
        Uri? address = null,
        DownloadOptions? options = null,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var path = Path.GetFullPath(Path.Combine(folder ?? UserCache.Folder("data"), FileName));
        if (File.Exists(path))
        {
            if (ZipFault(path) is not { } fault) return path;
            throw new DownloadException(
                DownloadProblem.WrongContent,
                $"{path} is there already, but it {fault}. Remove it, then run again.");
        }
        var request = new DownloadRequest(address ?? Address, path, Check: ZipFault);
        await Download.RunAsync(client, request, options, progress, cancellationToken).ConfigureAwait(false);
        return path;
    }

    private static string? ZipFault(string path)
    {
        try
        {
            using var zip = ZipFile.OpenRead(path);
            return zip.Entries.Count == 0 ? "is an empty zip" : null;
        }
        catch (InvalidDataException)
        {
            return "is not a whole zip";
        }
    }
}
