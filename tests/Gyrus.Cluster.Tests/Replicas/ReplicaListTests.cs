using Gyrus.Cluster.Replicas;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Gyrus.Cluster.Tests.Replicas;

public sealed class ReplicaListTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly NamedReplica _asker = new("asker"), _one = new("one"), _other = new("other");
    private readonly ReplicaList _list;

    public ReplicaListTests() => _list = new ReplicaList(_clock);

    [Fact]
    public async Task ImagesGoToWhoHasTheMostRoomAndToAnotherOnlyWhereItIsNotEnough()
    {
        await Renew(asker: 9, one: 2, other: 5);
        Assert.Equal(7, await _list.Room(_asker));
        Assert.Equal([_other, _other, _other], await _list.Take([_asker], 3));
        Assert.Equal([_one, _one, _other], (await _list.Take([_asker], 3)).OrderBy(replica => ((NamedReplica)replica).Name));
    }

    [Fact]
    public async Task WhatWasTakenIsTakenUntilAReplicaSaysSomethingElse()
    {
        await Renew(one: 2);
        Assert.Equal(2, (await _list.Take([_asker], 2)).Length);
        Assert.Equal(0, await _list.Room(_asker));
        Assert.Empty(await _list.Take([_asker], 1));
        await Renew(one: 1);
        Assert.Equal([_one], await _list.Take([_asker], 1));
    }

    [Fact]
    public async Task WithoutRoomForAllNothingIsTaken()
    {
        await Renew(one: 2, other: 1);
        Assert.Empty(await _list.Take([_asker], 4));
        Assert.Empty(await _list.Take([_asker, _one], 2));
        Assert.Equal(3, (await _list.Take([_asker], 3)).Length);
    }

    [Fact]
    public async Task WhoSaysNothingForAWhileIsForgotten()
    {
        await Renew(one: 2, other: 2);
        _clock.Advance(ReplicaList.Patience);
        await Renew(one: 2);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await _list.Has(_one));
        Assert.False(await _list.Has(_other));
        Assert.Equal(2, await _list.Room(_asker));
    }

    [Fact]
    public async Task WhoLeavesIsForgotten()
    {
        await Renew(one: 2);
        await _list.Leave(_one);
        Assert.False(await _list.Has(_one));
        Assert.Empty(await _list.Take([_asker], 1));
    }

    private async Task Renew(int? asker = null, int? one = null, int? other = null)
    {
        foreach (var (replica, room) in new[] { (_asker, asker), (_one, one), (_other, other) })
        {
            if (room is { } said) await _list.Renew(replica, said);
        }
    }

    private sealed record NamedReplica(string Name) : IReplica
    {
        public Task<SentAnswer[]?> Answer(SentImage[] images, CancellationToken cancellation) => throw new NotSupportedException();
    }
}
