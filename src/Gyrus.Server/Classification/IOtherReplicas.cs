using Gyrus.Inference;

namespace Gyrus.Server.Classification;

/// <summary>The other replicas of a service: they answer images for which this one has no room, and it answers theirs.</summary>
public interface IOtherReplicas
{
    /// <summary>Takes this replica in among them.</summary>
    /// <param name="classifier">What it answers with: replicas that would answer otherwise are none of its others.</param>
    /// <param name="room">How many images it has room for now.</param>
    /// <param name="answer">Answers images of another; null where it has no room for them, or ends.</param>
    void Join(ScanClassifier classifier, Func<int> room, Func<IReadOnlyList<ScanFile>, CancellationToken, Task<ScanResult[]?>> answer);

    /// <summary>Whether one of them said last that it has room.</summary>
    Task<bool> HaveRoom();

    /// <summary>Has them answer images, and each whoever has room for it.</summary>
    /// <param name="files">The images.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>What this replica would have answered, in order; null where they have no room for all of them, or do not answer.</returns>
    Task<ScanResult[]?> Answer(IReadOnlyList<ScanFile> files, CancellationToken cancellation);
}
