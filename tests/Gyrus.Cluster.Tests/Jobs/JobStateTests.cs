using Gyrus.Cluster.Jobs;
using Xunit;

namespace Gyrus.Cluster.Tests.Jobs;

public sealed class JobStateTests
{
    private readonly JobState _state = new();

    [Fact]
    public void AnEndCountsOnceHoweverOftenItIsTold()
    {
        Assert.True(_state.Count(9, new ShardEnd(Files: 5, Errors: 1)));
        Assert.False(_state.Count(9, new ShardEnd(Files: 5, Errors: 1)));
        Assert.True(_state.Count(1000, new ShardEnd(Files: 2, Errors: 0)));
        Assert.Equal((2, 7, 1), (_state.EndedCount, _state.FilesDone, _state.Errors));
        Assert.Equal([9, 1000], Enumerable.Range(0, 2000).Where(_state.HasEnded));
    }

    [Fact]
    public void AShardWithoutAnswersIsNamedAndCanBeTriedAgain()
    {
        _state.Count(0, new ShardEnd(Files: 5, Errors: 0));
        _state.Count(3, new ShardEnd(Files: 5, Errors: 0, "no room", IsSetAside: false));
        Assert.Equal(new ShardTrouble(3, "no room", IsSetAside: false), Assert.Single(_state.Troubles));
        Assert.Equal(5, _state.FilesDone);

        Assert.Equal([3], _state.ForgetTroubles());
        Assert.Equal(1, _state.EndedCount);
        Assert.False(_state.HasEnded(3));
        Assert.True(_state.HasEnded(0));
        Assert.Empty(_state.Troubles);
    }
}
