using Gyrus.Inference;
using Gyrus.Server.Safety;
using Microsoft.Extensions.Hosting;

namespace Gyrus.Server.Classification;

/// <summary>Shares the queue with other replicas of the service for as long as it runs, and hands it over to them as it begins to end.</summary>
internal sealed class SharedQueue(
    IOtherReplicas others, ScanClassifier classifier, ClassificationQueue queue, BodyMemory memory, IHostApplicationLifetime lifetime)
    : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        others.Join(classifier, () => queue.Room, Answer);
        // Before the requests at work are waited for, which is what a host does first.
        lifetime.ApplicationStopping.Register(() => _ = queue.HandOver());
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<ScanResult[]?> Answer(IReadOnlyList<ScanFile> files, CancellationToken cancellation)
    {
        using var held = memory.TryHold(files.Sum(file => (long)file.Bytes.Length));
        return held is null ? null : await queue.ClassifyForAnother(files, cancellation);
    }
}
