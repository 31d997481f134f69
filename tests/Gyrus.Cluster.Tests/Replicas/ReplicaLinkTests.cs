using Gyrus.Cluster.Connecting;
using Gyrus.Cluster.Replicas;
using Gyrus.Cluster.Tests.Running;
using Gyrus.Inference;
using Gyrus.Inference.HeatMaps;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Xunit;

namespace Gyrus.Cluster.Tests.Replicas;

/// <summary>Replicas with real networks, clients of their own of a cluster of one node.</summary>
public sealed class ReplicaLinkTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly List<TestReplica> _replicas = [];
    private RunningCluster _cluster = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        ColourModel.Write(_folder.File("model"));
        _cluster = await RunningCluster.Start(new ClusterStore.OfOneNode(), nodes: 1);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in _replicas) await replica.DisposeAsync();
        await _cluster.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task AnotherAnswersWhatOneWouldItselfWithItsOwnThreshold()
    {
        var asker = await Join(new ClassifierOptions(Threshold: 0.999999));
        await Join(room: 100);
        await UntilRoom(asker);
        var files = Images(5);
        files[1] = files[1] with { Bytes = "no image"u8.ToArray() };
        files[2] = files[2] with { HeatMap = new HeatMapRequest() };
        files[3] = files[3] with { HeatMap = new HeatMapRequest(HeatMapMethod.Occlusion, "mri_glioma") };

        var answers = (await asker.Link.Answer(files, Cancel))!;

        var own = asker.Answered(files);
        Assert.Equal(own.Select(Line), answers.Select(Line));
        Assert.Equal(own.Select(result => result.Picture?.Png), answers.Select(result => result.Picture?.Png));
        Assert.Equal("mri_glioma", answers[3].HeatMapLabel!.Name);
        Assert.Equal(0.999999, answers[0].Threshold);
    }

    [Fact]
    public async Task OfTheReleasedModelAllThatIsSaidOfScansAndOfOtherPicturesIsTheSame()
    {
        var scans = Path.Combine(TestFiles.Scans(), "Dataset");
        var model = Path.Combine(TestFiles.Root, "models", "default");
        var asker = await Join(model: model);
        await Join(room: 100, model: model);
        await UntilRoom(asker);
        var paths = Directory.EnumerateFiles(scans, "*.jpg", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Where((_, place) => place % 1000 == 7);
        List<ScanFile> files = [.. paths.Select(path => new ScanFile(path, File.ReadAllBytes(path), new HeatMapRequest())), .. Images(2)];

        var answers = (await asker.Link.Answer(files, Cancel))!;

        var own = asker.Answered(files);
        Assert.Equal(own.Select(Line), answers.Select(Line));
        Assert.Equal(own.Select(All), answers.Select(All));
        Assert.Contains(own, result => result.Worth is not null);
        Assert.Contains(own, result => result.Reason is not null);

        static (string?, bool, int?, double?, int) All(ScanResult result) => (result.Reason, result.IsUnsure, result.Kind, result.HeadShare, result.Picture?.Png.Length ?? 0);
    }

    [Fact]
    public async Task ImagesAreSharedAmongThoseThatHaveRoom()
    {
        var asker = await Join();
        var one = await Join(room: 3);
        var other = await Join(room: 4);
        await UntilRoom(asker, 7);

        Assert.Null(await asker.Link.Answer(Images(8), Cancel));
        var files = Images(7);
        Assert.Equal(asker.Answered(files).Select(Line), (await asker.Link.Answer(files, Cancel))!.Select(Line));
        Assert.Equal((3, 4), (one.Count, other.Count));
    }

    [Fact]
    public async Task WhereOneHasLessRoomThanItSaidAnotherIsAsked()
    {
        var asker = await Join();
        var full = await Join(room: 50, takes: _ => false);
        var other = await Join(room: 40);
        await UntilRoom(asker, 90);

        Assert.NotNull(await asker.Link.Answer(Images(2), Cancel));
        Assert.Equal((1, 2), (full.Asked, other.Count));
    }

    [Fact]
    public async Task WhereOneFailsAnotherIsAskedAndWithoutAnotherThereIsNoAnswer()
    {
        var asker = await Join();
        await Join(room: 50, takes: _ => throw new GyrusException("broken"));
        await UntilRoom(asker);
        Assert.Null(await asker.Link.Answer(Images(2), Cancel));
        await Join(room: 40);
        await UntilRoom(asker, 90);
        Assert.NotNull(await asker.Link.Answer(Images(2), Cancel));
    }

    [Fact]
    public async Task ManyLargeImagesGoInSeveralMessages()
    {
        var asker = await Join();
        var other = await Join(room: 100);
        await UntilRoom(asker);
        var files = Enumerable.Range(0, 5).Select(number => new ScanFile($"{number}", new byte[5 << 20])).ToList();

        Assert.All((await asker.Link.Answer(files, Cancel))!, answer => Assert.NotNull(answer.Error));
        Assert.Equal(5, other.Asked);
        Assert.Null(await asker.Link.Answer([new ScanFile("too large", new byte[(64 << 20) + 1])], Cancel));
    }

    [Fact]
    public async Task ReplicasThatWouldAnswerOtherwiseAreNotAsked()
    {
        var asker = await Join();
        await Join(new ClassifierOptions(Views: 2), room: 100);
        ColourModel.Write(_folder.File("other"));
        await File.AppendAllTextAsync(_folder.File("other/card.md"), "another card", Cancel);
        await Join(room: 100, model: "other");
        await Task.Delay(TimeSpan.FromSeconds(1), Cancel);
        Assert.Equal(0, await asker.Link.Room());
        Assert.Null(await asker.Link.Answer(Images(1), Cancel));
    }

    [Fact]
    public async Task AnswersThatAreGivenTogetherDoNotWaitForOneAnother()
    {
        var asker = await Join();
        var both = new TaskCompletionSource();
        int asked = 0;
        await Join(room: 100, takes: async _ =>
        {
            if (Interlocked.Increment(ref asked) == 2) both.SetResult();
            await both.Task;
            return true;
        });
        await UntilRoom(asker);
        Assert.All(await Task.WhenAll(asker.Link.Answer(Images(1), Cancel), asker.Link.Answer(Images(1), Cancel)), Assert.NotNull);
    }

    [Fact]
    public async Task WhoWaitsNoLongerTakesItsImagesOut()
    {
        var asker = await Join();
        var told = new TaskCompletionSource();
        var begun = new TaskCompletionSource();
        await Join(room: 100, takes: async cancel =>
        {
            cancel.Register(told.SetResult);
            begun.SetResult();
            await told.Task;
            return false;
        });
        await UntilRoom(asker);
        using var caller = new CancellationTokenSource();
        var answer = asker.Link.Answer(Images(1), caller.Token);
        await begun.Task.WaitAsync(Cancel);
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        await told.Task.WaitAsync(Cancel);
    }

    [Fact]
    public async Task WhoIsNoLongerThereWhileItAnswersIsNotWaitedFor()
    {
        var asker = await Join();
        var begun = new TaskCompletionSource();
        var lost = await Join(room: 100, takes: async cancel =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, cancel);
            return true;
        });
        await UntilRoom(asker);
        var answer = asker.Link.Answer(Images(1), Cancel);
        await begun.Task.WaitAsync(Cancel);
        await lost.Link.DisposeAsync();
        Assert.Null(await answer.WaitAsync(TimeSpan.FromSeconds(30), Cancel));
    }

    [Fact]
    public async Task WhereTheClusterIsAwayTheAskingEndsSoon()
    {
        var asker = await Join();
        await Join(room: 100);
        await UntilRoom(asker);
        await _cluster.StopAll();
        await Assert.ThrowsAnyAsync<Exception>(() => asker.Link.Answer(Images(1), Cancel).WaitAsync(TimeSpan.FromSeconds(20), Cancel));
    }

    private static string Line(ScanResult result) => AnswerJson.Line(result);

    private List<ScanFile> Images(int count) =>
        [.. Enumerable.Range(0, count).Select(number => new ScanFile($"{number}", File.ReadAllBytes(TestImage.WriteNoise(_folder.File($"{number}.png"), 60, 50, number))))];

    private Task<TestReplica> Join(ClassifierOptions? options = null, int room = 0, Func<CancellationToken, bool>? takes = null, string model = "model") =>
        Join(options, room, cancel => Task.FromResult(takes?.Invoke(cancel) ?? true), model);

    private Task<TestReplica> Join(int room, Func<CancellationToken, Task<bool>> takes) => Join(null, room, takes, "model");

    private async Task<TestReplica> Join(ClassifierOptions? options, int room, Func<CancellationToken, Task<bool>> takes, string model)
    {
        var classifier = ScanClassifier.Open(_folder.File(model), (options ?? new ClassifierOptions()) with { BatchSize = 100 });
        var replica = new TestReplica(await _cluster.Connect(null), classifier, room, takes);
        _replicas.Add(replica);
        return replica;
    }

    private static async Task UntilRoom(TestReplica asker, int room = 1)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await asker.Link.Room() < room) await Task.Delay(50, patience.Token);
    }

    private sealed class TestReplica : IAsyncDisposable
    {
        private readonly ClusterClient _client;
        private readonly ScanClassifier _classifier;
        private int _asked;
        private int _count;

        public TestReplica(ClusterClient client, ScanClassifier classifier, int room, Func<CancellationToken, Task<bool>> takes)
        {
            (_client, _classifier, Link) = (client, classifier, new ReplicaLink(client));
            Link.Join(classifier, () => room, async (files, cancel) =>
            {
                Interlocked.Increment(ref _asked);
                if (!await takes(cancel)) return null;
                Interlocked.Add(ref _count, files.Count);
                return Answered(files);
            });
        }

        public ReplicaLink Link { get; }

        public int Asked => _asked;

        public int Count => _count;

        public ScanResult[] Answered(IReadOnlyList<ScanFile> files) => _classifier.NewWorker().Classify(files);

        public async ValueTask DisposeAsync()
        {
            await Link.DisposeAsync();
            await _client.DisposeAsync();
            _classifier.Dispose();
        }
    }
}
