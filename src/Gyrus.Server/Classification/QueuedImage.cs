using Gyrus.Inference;

namespace Gyrus.Server.Classification;

/// <summary>An image in the queue, and the answer to it once there is one.</summary>
/// <param name="Image">The image.</param>
/// <param name="Cancellation">Takes it out if no worker has begun with it.</param>
internal sealed record QueuedImage(ScanImage Image, CancellationToken Cancellation)
{
    /// <summary>Whether it has a place in the queue.</summary>
    public bool IsCounted { get; init; } = true;

    /// <summary>The file that another replica may answer in its place; null for none.</summary>
    public ScanFile? File { get; init; }

    /// <summary>Whether another replica asked.</summary>
    public bool IsOfAnother { get; init; }

    public TaskCompletionSource<ScanResult> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
