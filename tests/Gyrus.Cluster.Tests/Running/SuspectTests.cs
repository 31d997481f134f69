using System.Text;
using Gyrus.Cluster.Jobs;
using Gyrus.Cluster.Tests.Jobs;
using Gyrus.Cluster.Work;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Xunit;

namespace Gyrus.Cluster.Tests.Running;

/// <summary>Shards over which nodes ended: by their fault or by chance.</summary>
public sealed class SuspectTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly List<IsolatedShard> _isolated = [];
    private IsolatedOutcome _outcome = new(Answers: null, Crash: null);
    private RunningCluster _cluster = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        ColourModel.Write(_folder.File("model"));
        _cluster = await RunningCluster.Start(new ClusterStore.OfOneNode(), nodes: 1, isolate: (shard, _) =>
        {
            _isolated.Add(shard);
            return Task.FromResult(_outcome);
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task WhatEndsAProcessOfItsOwnTooIsSetAside()
    {
        _outcome = new(Answers: null, "exit code 139");
        var facts = await Run();
        var trouble = Assert.Single(facts.Troubles);
        Assert.Equal((JobStatus.Done, 1, true, 4), (facts.Status, trouble.Shard, trouble.IsSetAside, facts.FilesDone));
        Assert.Contains("node 1, node 2, node 3 ended", trouble.Reason, StringComparison.Ordinal);
        Assert.Contains("exit code 139", trouble.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatEndsNothingWasThereByChanceAndIsAnswered()
    {
        _outcome = new(new ShardAnswers(PackedText.Pack("from a process of its own\n"u8), 1, 0), Crash: null);
        var facts = await Run();
        Assert.Equal((JobStatus.Done, 0, 6), (facts.Status, facts.Troubles.Length, facts.FilesDone));
        Assert.Equal([_folder.File("2.png"), _folder.File("3.png")], Assert.Single(_isolated).Files);
        var lines = new StringBuilder();
        await foreach (var block in _cluster.Jobs.Answers("job", cancel: Cancel)) lines.Append(Encoding.UTF8.GetString(block));
        Assert.Equal("from a process of its own", lines.ToString().Split('\n')[2]);
    }

    [Fact]
    public async Task NodesThatEndBesideAProcessOfItsOwnCountForLittle()
    {
        var shard = _cluster.Grains.GetGrain<IShard>(0, "unlucky");
        await shard.Plan(["a"]);
        Assert.False((await shard.Begin(ShardQueueTests.Node(1), isolates: true)).IsSuspect);
        Assert.False((await shard.Begin(ShardQueueTests.Node(2), isolates: true)).IsSuspect);
        for (int node = 3; node <= Shard.IsolatedPatience; node++)
        {
            var work = await shard.Begin(ShardQueueTests.Node(node), isolates: true);
            Assert.Equal((true, null), (work.IsSuspect, work.End));
        }
        Assert.True((await shard.Begin(ShardQueueTests.Node(Shard.IsolatedPatience + 1), isolates: true)).End!.IsSetAside);
    }

    [Fact]
    public async Task AProcessOfAnAttemptThatIsOverEndsNothing()
    {
        var shard = _cluster.Grains.GetGrain<IShard>(0, "late");
        await shard.Plan(["a"]);
        var first = await shard.Begin(ShardQueueTests.Node(1), isolates: true);
        await shard.Begin(ShardQueueTests.Node(2), isolates: true);
        Assert.Null(await shard.Crash(first.Attempt, "exit code 137"));
        Assert.Null((await shard.Begin(ShardQueueTests.Node(3), isolates: true)).End);
    }

    /// <summary>Three shards, over the second of which two nodes have ended and a third is about to be found gone.</summary>
    private async Task<JobFacts> Run()
    {
        var request = new JobRequest(await _cluster.Jobs.Bring(_folder.File("model")), ClusterVersion.Own, "a recipe", new AnswerOptions(), "images", DateTimeOffset.UnixEpoch);
        await _cluster.Grains.GetGrain<IJob>("job").Begin(request);
        await _cluster.Jobs.Pause("job");
        var files = Enumerable.Range(0, 6).Select(number => (IReadOnlyList<string>)[TestImage.WriteNoise(_folder.File($"{number}.png"), 20, 30, number)]);
        await _cluster.Jobs.Begin("job", request, files, new ShardCut(2), cancel: Cancel);
        var shard = _cluster.Grains.GetGrain<IShard>(1, "job");
        for (int node = 1; node <= 3; node++) await shard.Begin(ShardQueueTests.Node(node), isolates: true);
        await _cluster.Jobs.Resume("job");
        return await _cluster.End("job");
    }
}
