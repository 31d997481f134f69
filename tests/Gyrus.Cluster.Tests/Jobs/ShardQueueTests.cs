using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Gyrus.Cluster.Jobs;
using Orleans.Runtime;
using Xunit;

namespace Gyrus.Cluster.Tests.Jobs;

public sealed class ShardQueueTests
{
    private const int Shards = 12;
    private static readonly NodeName[] Nodes = [.. Enumerable.Range(1, 4).Select(Node)];

    private readonly HashSet<int> _ended = [];
    private readonly ShardQueue _queue = new();

    [Fact]
    public void GivesEachShardOnceFromTheFirst()
    {
        Assert.Equal([0, 1, 2], Take(0, 3));
        Assert.Equal([3, 4], Take(1, 2));
        Assert.Equal(2, _queue.Nodes[Nodes[1]]);
    }

    [Fact]
    public void WhatANodeHadThatIsGoneIsGivenNext()
    {
        Take(0, 3);
        Take(1, 1);
        _queue.Bury(node => node == Nodes[0]);
        Assert.Equal([0, 1, 2, 4], Take(2, 4));
    }

    [Fact]
    public void WhatANodeDoesNotNameItDoesNotHave()
    {
        Take(0, 3);
        _queue.Hold(Nodes[0], [1], _ended.Contains);
        Assert.Equal([0, 2, 3], Take(1, 3));
    }

    [Fact]
    public void WhatNodesNameIsTheirsAfterALoss()
    {
        _queue.Hold(Nodes[0], [1, 4], _ended.Contains);
        Assert.Equal([0, 2, 3, 5], Take(1, 4));
    }

    [Fact]
    public void OfTwoThatNameAShardTheFirstHasIt()
    {
        _queue.Hold(Nodes[0], [0], _ended.Contains);
        _queue.Hold(Nodes[1], [0], _ended.Contains);
        Assert.Equal(Nodes[0], Assert.Single(_queue.Nodes).Key);
    }

    [Fact]
    public void AShardThatIsToBeTriedAgainIsGivenAgain()
    {
        Take(0, 2);
        End(0);
        End(1);
        _ended.Remove(0);
        _queue.Again(0);
        Assert.Equal([0, 2], Take(1, 2));
    }

    /// <summary>Whatever nodes do and however they are lost: no shard is with two, none that has ended is given, and in the end all are done.</summary>
    [Fact]
    public void WhateverHappensAllIsDoneAndNothingIsWithTwo() => Prop.ForAll(
        (from what in Gen.Choose(0, 5) from place in Gen.Choose(0, Nodes.Length - 1) from count in Gen.Choose(0, 3) select (what, place, count)).ListOf().ToArbitrary(),
        steps =>
        {
            var queue = new ShardQueue();
            var ended = new HashSet<int>();
            var held = Nodes.ToDictionary(node => node, _ => new HashSet<int>());
            foreach (var (what, place, count) in steps)
            {
                var node = Nodes[place];
                switch (what)
                {
                    case 0 or 1:
                        queue.Hold(node, [.. held[node]], ended.Contains);
                        foreach (int shard in queue.Take(node, count, Shards, ended.Contains))
                        {
                            Assert.DoesNotContain(shard, ended);
                            Assert.DoesNotContain(held.Values, others => others.Contains(shard));
                            held[node].Add(shard);
                        }
                        break;
                    case 2 when held[node].Count > 0:
                        int done = held[node].First();
                        held[node].Remove(done);
                        ended.Add(done);
                        queue.End(done);
                        break;
                    case 3:
                        queue.Bury(other => other == node);
                        held[node].Clear();
                        break;
                    case 4 when held[node].Count > 0:
                        queue.GiveBack(node, held[node].First());
                        held[node].Remove(held[node].First());
                        break;
                    case 5:
                        // The job is lost, and hears from all nodes before it gives anything.
                        queue = new ShardQueue();
                        foreach (var (other, its) in held) queue.Hold(other, [.. its], ended.Contains);
                        break;
                }
            }
            foreach (var node in Nodes) queue.Bury(other => other == node);
            Assert.Equal(Enumerable.Range(0, Shards).Except(ended), queue.Take(Nodes[0], Shards, Shards, ended.Contains).Order());
        }).QuickCheckThrowOnFailure();

    internal static NodeName Node(int number) => new(SiloAddress.New(IPAddress.Loopback, 20000 + number, 1), $"node {number}");

    private int[] Take(int node, int count) => _queue.Take(Nodes[node], count, Shards, _ended.Contains);

    private void End(int shard)
    {
        _ended.Add(shard);
        _queue.End(shard);
    }
}
