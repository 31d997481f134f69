using Orleans.Concurrency;

namespace Gyrus.Cluster.Replicas;

/// <summary>A replica of a service, as the others ask it.</summary>
[Alias("gyrus.replica")]
public interface IReplica : IGrainObserver
{
    /// <summary>Answers images of another replica.</summary>
    /// <param name="images">The images.</param>
    /// <param name="cancellation">Takes those out that it has not begun with.</param>
    /// <returns>An answer an image, in order; null where it has no room for them, or ends.</returns>
    [AlwaysInterleave, ResponseTimeout("01:00:00"), Alias("answer")]
    Task<SentAnswer[]?> Answer(SentImage[] images, CancellationToken cancellation);
}
