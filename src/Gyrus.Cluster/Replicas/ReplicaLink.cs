using Gyrus.Cluster.Connecting;
using Gyrus.Cluster.Jobs;
using Gyrus.Cluster.Packages;
using Gyrus.Inference;

namespace Gyrus.Cluster.Replicas;

/// <summary>A replica of a service among its others: it says how much room it has, answers images of theirs and has them answer some of its own.</summary>
/// <param name="cluster">The cluster that they are clients of.</param>
public sealed class ReplicaLink(ClusterClient cluster) : IAsyncDisposable
{
    /// <summary>The most bytes of images in a message that has several; it may have one image of <see cref="LargestImage"/>.</summary>
    private const int MessageSize = 8 << 20;

    /// <summary>The largest image that a message takes: with what is around it less than Orleans's 100 MiB.</summary>
    private const int LargestImage = 64 << 20;

    /// <summary>How long the cluster has to name replicas.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _end = new();
    private Own? _own;
    private Task _beating = Task.CompletedTask;

    /// <summary>Takes part from now on.</summary>
    /// <param name="classifier">What this replica answers with: others have the same package and version, and look at as many views and as large images.</param>
    /// <param name="room">How many images it has room for now.</param>
    /// <param name="answer">Answers images of another; null where it has no room for them, or ends.</param>
    public void Join(ScanClassifier classifier, Func<int> room, Func<IReadOnlyList<ScanFile>, CancellationToken, Task<ScanResult[]?>> answer)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        var options = classifier.Options;
        var list = $"{PackageHash.Of(classifier.Package.Folder)} {ClusterVersion.Own} {options.Views} {options.PixelLimit}";
        _beating = Task.Run(() => Beat(classifier, list, room, new Replica(answer), _end.Token));
    }

    /// <summary>How many images others said last that they have room for.</summary>
    /// <exception cref="TimeoutException">The cluster does not answer.</exception>
    public async Task<int> Room() => _own is { } own ? await Ask(own, list => list.Room(own.Reference)) : 0;

    /// <summary>Has others answer images.</summary>
    /// <param name="files">The images.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <returns>A result an image, in order; null where the others have no room for all of them or are lost, or an image is too large to be sent.</returns>
    /// <exception cref="TimeoutException">The cluster does not answer.</exception>
    public async Task<ScanResult[]?> Answer(IReadOnlyList<ScanFile> files, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(files);
        if (_own is not { } own || _end.IsCancellationRequested || files.Any(file => file.Bytes.Length > LargestImage || file.HeatMap is { IsDrawn: false })) return null;
        var answers = new SentAnswer[files.Count];
        int[] left = [.. Enumerable.Range(0, files.Count)];
        List<IReplica> but = [own.Reference];
        // Again where one had less room than it said, without those that were asked.
        for (int round = 0; round < 2 && left.Length > 0; round++)
        {
            var taken = await Ask(own, list => list.Take([.. but], left.Length));
            if (taken.Length < left.Length) return null;
            but.AddRange(taken.Distinct());
            var messages = taken.Zip(left).GroupBy(one => one.First, one => one.Second).SelectMany(images => Messages(images, files).Select(message => (Replica: images.Key, Images: message)));
            await Task.WhenAll(messages.Select(async message =>
            {
                if (await Ask(own, message.Replica, [.. message.Images.Select(image => SentImage.Of(files[image]))], cancel) is not { } some) return;
                foreach (var (image, answer) in message.Images.Zip(some)) answers[image] = answer;
            }));
            left = [.. left.Where(image => answers[image] is null)];
        }
        return left.Length > 0 ? null : [.. answers.Zip(files, (answer, file) => answer.Result(file.Name, own.Classifier))];
    }

    /// <summary>Takes part no longer.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_end.IsCancellationRequested) return;
        await _end.CancelAsync();
        await _beating;
        _end.Dispose();
    }

    /// <summary>Cuts images into messages.</summary>
    private static IEnumerable<List<int>> Messages(IEnumerable<int> images, IReadOnlyList<ScanFile> files)
    {
        List<int> message = [];
        long size = 0;
        foreach (int image in images)
        {
            if (message.Count > 0 && size + files[image].Bytes.Length > MessageSize)
            {
                yield return message;
                (message, size) = ([], 0);
            }
            message.Add(image);
            size += files[image].Bytes.Length;
        }
        yield return message;
    }

    /// <summary>Has another answer images, as long as it lives.</summary>
    private async Task<SentAnswer[]?> Ask(Own own, IReplica replica, SentImage[] images, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel, _end.Token);
        try
        {
            var answer = replica.Answer(images, patience.Token);
            while (await Task.WhenAny(answer, Task.Delay(ReplicaList.Beat, patience.Token)) != answer)
            {
                patience.Token.ThrowIfCancellationRequested();
                if (!await Ask(own, list => list.Has(replica))) return null;
            }
            return await answer is { } answers && answers.Length == images.Length ? answers : null;
        }
        catch (Exception) when (!cancel.IsCancellationRequested)
        {
            // Lost, or it says that it cannot: another may.
            return null;
        }
        finally
        {
            await patience.CancelAsync();
        }
    }

    private Task<T> Ask<T>(Own own, Func<IReplicaList, Task<T>> what) => cluster.AskOnce(grains => what(grains.GetGrain<IReplicaList>(own.List))).WaitAsync(Patience);

    private async Task Beat(ScanClassifier classifier, string list, Func<int> room, Replica replica, CancellationToken end)
    {
        var own = new Own(classifier, list, await cluster.AskOnce(grains => Task.FromResult(grains.CreateObjectReference<IReplica>(replica))));
        _own = own;
        while (!end.IsCancellationRequested)
        {
            await Say(own, replicas => replicas.Renew(own.Reference, room()));
            await Task.Delay(ReplicaList.Beat, end).ContinueWith(_ => { }, TaskScheduler.Default);
        }
        await Say(own, replicas => replicas.Leave(own.Reference));
        // Orleans itself does not keep it.
        GC.KeepAlive(replica);
    }

    private async Task Say(Own own, Func<IReplicaList, Task> what)
    {
        try
        {
            await Ask(own, async list =>
            {
                await what(list);
                return true;
            });
        }
        catch (Exception)
        {
            // Said again at the next beat; a replica that is not heard is not asked.
        }
    }

    /// <summary>What this replica is in the cluster.</summary>
    private sealed record Own(ScanClassifier Classifier, string List, IReplica Reference);

    private sealed class Replica(Func<IReadOnlyList<ScanFile>, CancellationToken, Task<ScanResult[]?>> answer) : IReplica
    {
        public async Task<SentAnswer[]?> Answer(SentImage[] images, CancellationToken cancellation) =>
            await answer([.. images.Select(image => image.File())], cancellation) is { } results ? [.. results.Select(SentAnswer.Of)] : null;
    }
}
