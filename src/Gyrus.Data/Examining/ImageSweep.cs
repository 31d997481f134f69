using Gyrus.Data.Import;
using Gyrus.Imaging.Decoding;

namespace Gyrus.Data.Examining;

/// <summary>Does the same to every image of a source, on all cores.</summary>
internal static class ImageSweep
{
    /// <summary>Does it.</summary>
    /// <typeparam name="T">What it gives of an image.</typeparam>
    /// <param name="images">The images.</param>
    /// <param name="cacheFolder">Where what was computed is kept, by hash.</param>
    /// <param name="work">Is given an image's path and the cache; it may be called from many threads at once.</param>
    /// <param name="progress">Told of each image.</param>
    /// <param name="cancellation">Stops the work; what was computed is kept.</param>
    /// <returns>What it gave, null for an image that cannot be read; and those, with the reason.</returns>
    public static (T?[] Found, IReadOnlyList<UnreadableFile> Unreadable) Run<T>(
        IReadOnlyList<SourceImage> images,
        string cacheFolder,
        Func<string, FactsCache, T> work,
        IProgress<WorkProgress>? progress,
        CancellationToken cancellation)
        where T : class
    {
        using var cache = FactsCache.Open(cacheFolder);
        var found = new T?[images.Count];
        var faults = new string?[images.Count];
        int done = 0;
        try
        {
            Parallel.For(0, images.Count, new ParallelOptions { CancellationToken = cancellation }, i =>
            {
                try
                {
                    found[i] = work(images[i].FullPath, cache);
                }
                catch (Exception e) when (ImageFault.IsOfOneImage(e))
                {
                    faults[i] = ImageFault.Message(images[i].FullPath, e);
                }
                progress?.Report(new WorkProgress("images", Interlocked.Increment(ref done), images.Count));
            });
        }
        finally
        {
            cache.Flush();
        }
        return (found, [.. images.Zip(faults).Where(image => image.Second is not null)
            .Select(image => new UnreadableFile(image.First.Path, image.Second!))]);
    }
}
