using System.Text;
using Gyrus.Cluster.Jobs;
using Gyrus.Cluster.Packages;
using Gyrus.Cluster.Tests.Jobs;
using Gyrus.Imaging.Decoding;
using Gyrus.Inference;
using Gyrus.Inference.Studies;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Gyrus.Testing.PostgreSql;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgreSqlServer))]

namespace Gyrus.Cluster.Tests.Running;

/// <summary>On the memory of one node.</summary>
public sealed class ClusterOfOneNodeTests() : ClusterTests(new ClusterStore.OfOneNode(), nodes: 1);

/// <summary>On PostgreSQL.</summary>
public sealed class ClusterOnPostgreSqlTests(PostgreSqlServer server) : ClusterTests(new ClusterStore.PostgreSql(server.NewDatabase()), nodes: 3);

/// <summary>On Redis.</summary>
public sealed class ClusterOnRedisTests : ClusterTests
{
    private readonly RedisServer _server;

    public ClusterOnRedisTests()
        : this(new RedisServer())
    {
    }

    private ClusterOnRedisTests(RedisServer server)
        : base(new ClusterStore.Redis(server.Address), nodes: 3) => _server = server;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _server.Dispose();
    }
}

/// <summary>What a cluster promises, on every store.</summary>
public abstract class ClusterTests(ClusterStore store, int nodes) : IAsyncLifetime
{
    private const string Recipe = "a recipe";

    private readonly TempFolder _folder = new();
    private RunningCluster _cluster = null!;

    public async ValueTask InitializeAsync()
    {
        ColourModel.Write(_folder.File("model"));
        _cluster = await RunningCluster.Start(store, nodes);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task AnswersAreThoseOfOneMachineInTheOrderOfTheFiles()
    {
        var files = Images(50);
        File.WriteAllText(files[7], "no image");
        File.Delete(files[31]);
        var facts = await Run("job", files, new ShardCut(4));

        Assert.Equal((JobStatus.Done, 13, 50, 50, 2), (facts.Status, facts.ShardsEnded, facts.Files, facts.FilesDone, facts.Errors));
        Assert.Equal(OfOneMachine(files), await Results("job"));
    }

    [Theory]
    [InlineData(AnswerLevel.Study)]
    [InlineData(AnswerLevel.Series)]
    public async Task StudiesAreAnsweredWholeAndAsOnOneMachine(AnswerLevel level)
    {
        string[] files = Studies(count: 5, slices: 6);
        File.WriteAllText(files[9], "no image");
        var package = await _cluster.Jobs.Bring(_folder.File("model"));
        var request = Request(package) with { Options = new AnswerOptions(Level: level) };
        // Images of the studies lie among each other; shards are of whole ones.
        var units = Enumerable.Range(0, 5).Select(study => (IReadOnlyList<string>)[.. files.Where((_, place) => place % 5 == study)]);
        await _cluster.Jobs.Begin("job", request, units, new ShardCut(7), cancel: TestContext.Current.CancellationToken);

        var facts = await _cluster.End("job");
        Assert.Equal((JobStatus.Done, 3, 30), (facts.Status, facts.ShardsEnded, facts.FilesDone));
        Assert.Equal(OfStudies(files, level), await Results("job"));
    }

    [Fact]
    public async Task WithoutFilesThereIsNothingToDo()
    {
        Assert.Equal(JobStatus.Done, (await Run("job", [], new ShardCut())).Status);
        Assert.Equal("", await Results("job"));
    }

    [Fact]
    public async Task APausedJobIsNotWorkedOnUntilItIsResumed()
    {
        var package = await _cluster.Jobs.Bring(_folder.File("model"));
        await _cluster.Grains.GetGrain<IJob>("job").Begin(Request(package));
        Assert.Equal(JobStatus.Paused, (await _cluster.Jobs.Pause("job")).Status);
        var files = Images(10);
        await _cluster.Jobs.Begin("job", Request(package), Each(files), new ShardCut(2), cancel: TestContext.Current.CancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
        Assert.Equal((JobStatus.Paused, 0), await Where("job"));

        await _cluster.Jobs.Resume("job");
        await _cluster.End("job");
        Assert.Equal(OfOneMachine(files), await Results("job"));
    }

    [Fact]
    public async Task AJobThatIsGivenUpHasNoResultsAndCannotBeResumed()
    {
        var package = await _cluster.Jobs.Bring(_folder.File("model"));
        await _cluster.Grains.GetGrain<IJob>("job").Begin(Request(package));
        Assert.Equal(JobStatus.Cancelled, (await _cluster.Jobs.Cancel("job")).Status);
        await Assert.ThrowsAsync<GyrusException>(() => _cluster.Jobs.Resume("job"));
        await Assert.ThrowsAsync<GyrusException>(() => Results("job"));
    }

    [Fact]
    public async Task AJobThatIsRemovedIsGoneAndOneOfItsNameCanBeBegun()
    {
        var files = Images(6);
        await Run("job", files, new ShardCut(2));
        await _cluster.Jobs.Delete("job", cancel: TestContext.Current.CancellationToken);
        Assert.Empty(await _cluster.Jobs.List());
        await Assert.ThrowsAsync<GyrusException>(() => _cluster.Jobs.Show("job"));
        Assert.Empty(await _cluster.Grains.GetGrain<IShard>(0, "job").Files());

        await Run("job", files[..3], new ShardCut(2));
        Assert.Equal(OfOneMachine(files[..3]), await Results("job"));
    }

    [Fact]
    public async Task AJobThatIsWorkedOnIsNotRemoved()
    {
        await _cluster.Jobs.Begin("job", Request("none") with { Version = "0.0.1" }, Each(Images(1)), new ShardCut(), cancel: TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<GyrusException>(() => _cluster.Jobs.Delete("job", cancel: TestContext.Current.CancellationToken));
        await _cluster.Jobs.Cancel("job");
        await _cluster.Jobs.Delete("job", cancel: TestContext.Current.CancellationToken);
        Assert.Empty(await _cluster.Jobs.List());
    }

    [Fact]
    public async Task AJobThatIsNotThereIsNamed()
    {
        var error = await Assert.ThrowsAsync<GyrusException>(() => _cluster.Jobs.Show("nothing"));
        Assert.Contains("List the jobs", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JobsAreListedFromTheOldest()
    {
        await Run("b", Images(1), new ShardCut());
        await Run("a", Images(1), new ShardCut());
        Assert.Equal(["b", "a"], (await _cluster.Jobs.List()).Select(job => job.Id));
    }

    /// <summary>The answers of an attempt that is over are not taken, as of a node that comes back from the dead.</summary>
    [Fact]
    public async Task AnswersAreTakenFromTheLastAttemptAloneAndOnce()
    {
        var shard = _cluster.Grains.GetGrain<IShard>(0, "by hand");
        await shard.Plan(["a"]);
        var first = await shard.Begin(ShardQueueTests.Node(1), isolates: false);
        var second = await shard.Begin(ShardQueueTests.Node(2), isolates: false);
        Assert.Equal(["a"], second.Files);
        Assert.Null(await shard.Answer(first.Attempt, Answers("late")));
        Assert.Null(await shard.Answers());
        Assert.Equal(new ShardEnd(1, 0), await shard.Answer(second.Attempt, Answers("right")));
        // As where the store has them and the word of it was lost.
        Assert.Equal(new ShardEnd(1, 0), await shard.Answer(second.Attempt, Answers("again")));
        Assert.Null(await shard.Answer(first.Attempt, Answers("late")));
        Assert.Equal("right", Encoding.UTF8.GetString(PackedText.UnpackBytes((await shard.Answers())!.Lines)));
        Assert.Equal(new ShardEnd(1, 0), (await shard.Begin(ShardQueueTests.Node(3), isolates: false)).End);
    }

    [Fact]
    public async Task AShardThatEndsThreeNodesIsSetAsideAndTheJobGoesOn()
    {
        var shard = _cluster.Grains.GetGrain<IShard>(0, "poison");
        await shard.Plan(["a", "b"]);
        foreach (int node in new[] { 1, 2, 2, 3 }) Assert.Null((await shard.Begin(ShardQueueTests.Node(node), isolates: false)).End);
        var end = (await shard.Begin(ShardQueueTests.Node(4), isolates: false)).End!;
        Assert.True(end.IsSetAside);
        Assert.Contains("node 1, node 2, node 3", end.Trouble, StringComparison.Ordinal);
        await shard.Forgive();
        Assert.Null((await shard.Begin(ShardQueueTests.Node(4), isolates: false)).End);
    }

    /// <summary>A node that drains has done a shard no harm.</summary>
    [Fact]
    public async Task NodesThatGiveAShardBackAreNotCountedAgainstIt()
    {
        var shard = _cluster.Grains.GetGrain<IShard>(0, "drained");
        await shard.Plan(["a"]);
        for (int node = 1; node < 9; node++) await shard.GiveUp((await shard.Begin(ShardQueueTests.Node(node), isolates: false)).Attempt);
        Assert.Null((await shard.Begin(ShardQueueTests.Node(9), isolates: false)).End);
    }

    [Fact]
    public async Task AShardThatFailsIsTriedAgainAndThenItsReasonIsTold()
    {
        var shard = _cluster.Grains.GetGrain<IShard>(0, "failing");
        await shard.Plan(["a"]);
        Assert.Null(await shard.Fail((await shard.Begin(ShardQueueTests.Node(1), isolates: false)).Attempt, "first"));
        Assert.Null(await shard.Fail((await shard.Begin(ShardQueueTests.Node(1), isolates: false)).Attempt, "second"));
        Assert.Equal(new ShardEnd(1, 0, "third"), await shard.Fail((await shard.Begin(ShardQueueTests.Node(1), isolates: false)).Attempt, "third"));
    }

    [Fact]
    public async Task AShardIsOfTheFilesThatItWasFirstTold()
    {
        var shard = _cluster.Grains.GetGrain<IShard>(0, "told");
        await shard.Plan(["a"]);
        await shard.Plan(["a"]);
        await Assert.ThrowsAsync<GyrusException>(() => shard.Plan(["b"]));
    }

    [Fact]
    public async Task FilesOfAShardWithoutAnswersHaveALineEachThatSaysWhy()
    {
        // Of another version, so that the nodes leave it alone.
        await _cluster.Jobs.Begin("job", Request("none") with { Version = "0.0.1" }, Each("/a", "/b", "/c"), new ShardCut(2), cancel: TestContext.Current.CancellationToken);
        var answered = _cluster.Grains.GetGrain<IShard>(1, "job");
        var failed = _cluster.Grains.GetGrain<IShard>(0, "job");
        var job = _cluster.Grains.GetGrain<IJob>("job");
        await job.Ended(1, (await answered.Answer((await answered.Begin(ShardQueueTests.Node(1), isolates: false)).Attempt, Answers("an answer\n")))!);
        ShardEnd? end = null;
        while (end is null) end = await failed.Fail((await failed.Begin(ShardQueueTests.Node(1), isolates: false)).Attempt, "no room");
        await job.Ended(0, end);

        var facts = await _cluster.Jobs.Show("job");
        Assert.Equal((JobStatus.Done, 1), (facts.Status, facts.FilesDone));
        Assert.Equal(new ShardTrouble(0, "no room", IsSetAside: false), Assert.Single(facts.Troubles));
        string Line(string file) => AnswerJson.Line(ScanResult.Unreadable(file, $"{file}: not answered, as one of shard 0 of job job: no room"), Recipe) + "\n";
        Assert.Equal(Line("/a") + Line("/b") + "an answer\n", await Results("job"));

        Assert.Equal((JobStatus.Running, 1), ((await _cluster.Jobs.Resume("job")).Status, (await _cluster.Jobs.Show("job")).ShardsEnded));
        Assert.Null((await failed.Begin(ShardQueueTests.Node(1), isolates: false)).End);
    }

    [Fact]
    public async Task NodesOfAnotherVersionTakeNoPartAndSaySo()
    {
        var package = await _cluster.Jobs.Bring(_folder.File("model"));
        await _cluster.Jobs.Begin("job", Request(package) with { Version = "0.0.1" }, Each(Images(3)), new ShardCut(1), cancel: TestContext.Current.CancellationToken);
        var facts = await Until("job", facts => facts.Refusals.Count == nodes);
        Assert.All(facts.Refusals.Values, reason => Assert.Contains("0.0.1", reason, StringComparison.Ordinal));
        Assert.Equal((JobStatus.Running, 0), await Where("job"));
    }

    [Fact]
    public async Task AModelThatTheStoreHasAsSomethingElseIsRefused()
    {
        var package = await _cluster.Jobs.Bring(_folder.File("model"));
        var part = _cluster.Grains.GetGrain<IPackagePart>(0, package);
        var bytes = await part.Read();
        bytes[^1] ^= 1;
        await part.Write(bytes);
        await _cluster.Jobs.Begin("job", Request(package), Each(Images(3)), new ShardCut(1), cancel: TestContext.Current.CancellationToken);
        var facts = await Until("job", facts => facts.Refusals.Count == nodes);
        Assert.All(facts.Refusals.Values, reason => Assert.Contains("something else", reason, StringComparison.Ordinal));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_cluster.PackageFolder));
    }

    [Fact]
    public async Task APackageOfManyPartsComesOutAsItWentIn()
    {
        var folder = _folder.Folder("large");
        var random = new SeededRandom(3);
        foreach (var (name, size) in new[] { ("a", IPackagePart.Size + 17), ("b", 0), ("c/d", 2 * IPackagePart.Size), ("e", 1) })
        {
            byte[] bytes = [.. Enumerable.Range(0, size).Select(_ => (byte)random.Next(256))];
            AtomicFile.Write(Path.Combine(folder, name), stream => stream.Write(bytes));
        }
        var hash = await _cluster.Jobs.Bring(folder);
        Assert.Equal(hash, PackageHash.Of(await PackageTransfer.Fetch(_cluster.Grains, hash, _folder.File("cache"))));
    }

    private async Task<JobFacts> Run(string job, string[] files, ShardCut cut)
    {
        var package = await _cluster.Jobs.Bring(_folder.File("model"));
        await _cluster.Jobs.Begin(job, Request(package), Each(files), cut, cancel: TestContext.Current.CancellationToken);
        return await _cluster.End(job);
    }

    private static JobRequest Request(string package) => new(package, ClusterVersion.Own, Recipe, new AnswerOptions(), "images", DateTimeOffset.UnixEpoch);

    /// <summary>Files that are answered one by one.</summary>
    private static IEnumerable<IReadOnlyList<string>> Each(params string[] files) => files.Select(file => (IReadOnlyList<string>)[file]);

    private static ShardAnswers Answers(string text) => new(PackedText.Pack(Encoding.UTF8.GetBytes(text)), 1, 0);

    private string[] Images(int count) =>
        [.. Enumerable.Range(0, count).Select(number => TestImage.WriteNoise(_folder.File($"{number}.png"), 20 + (number % 7), 30, number))];

    private string OfOneMachine(string[] files)
    {
        using var classifier = ScanClassifier.Open(_folder.File("model"));
        return string.Concat(classifier.Classify(files).Select(result => AnswerJson.Line(result, Recipe) + "\n"));
    }

    private string[] Studies(int count, int slices) =>
    [
        .. Enumerable.Range(0, count * slices).Select(number =>
        {
            int study = number % count;
            var path = _folder.File($"{number:000}.dcm");
            File.WriteAllBytes(path, new WrittenSlice($"1.2.{study}", $"1.2.{study}.1").Bytes((number / count) + 1, 5 * (number / count), study % 2 == 0 ? ((byte)0, (byte)255, (byte)0) : ((byte)0, (byte)0, (byte)255)));
            return path;
        }),
    ];

    private string OfStudies(string[] files, AnswerLevel level)
    {
        using var classifier = ScanClassifier.Open(_folder.File("model"));
        var found = StudyFiles.Read(files, new SliceReader(null), progress: null, TestContext.Current.CancellationToken);
        return string.Concat(StudyClassifier.Classify(classifier, found.Series, progress: null, heatMaps: null, TestContext.Current.CancellationToken)
            .Select(study => StudyJson.Lines(study, level, Recipe)));
    }

    private async Task<string> Results(string job)
    {
        using var output = new MemoryStream();
        await foreach (var lines in _cluster.Jobs.Answers(job, cancel: TestContext.Current.CancellationToken)) output.Write(lines);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private async Task<(JobStatus Status, int ShardsEnded)> Where(string job)
    {
        var facts = await _cluster.Jobs.Show(job);
        return (facts.Status, facts.ShardsEnded);
    }

    private async Task<JobFacts> Until(string job, Func<JobFacts, bool> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var facts = await _cluster.Jobs.Show(job);
            if (holds(facts)) return facts;
            await Task.Delay(100, patience.Token);
        }
    }
}
