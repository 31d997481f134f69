using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Gyrus.Cluster.Jobs;

namespace Gyrus.Cluster.Work;

/// <summary>Works on several shards at once.</summary>
internal static class SideBySide
{
    /// <summary>Answers shards in whatever order they are done.</summary>
    /// <param name="shards">The shards, each taken when there is room for it.</param>
    /// <param name="degree">How many at once.</param>
    /// <param name="answer">Answers one; called by several threads.</param>
    /// <param name="cancel">Ends the work.</param>
    public static IEnumerable<(OpenShard Shard, ShardAnswers Answers)> Answer(
        IEnumerable<OpenShard> shards, int degree, Func<OpenShard, ShardAnswers> answer, CancellationToken cancel)
    {
        var answered = new BlockingCollection<(OpenShard, ShardAnswers)>();
        var work = Task.Run(
            () =>
            {
                try
                {
                    var options = new ParallelOptions { MaxDegreeOfParallelism = degree, CancellationToken = cancel };
                    Parallel.ForEach(Partitioner.Create(shards, EnumerablePartitionerOptions.NoBuffering), options, shard => answered.Add((shard, answer(shard)), cancel));
                }
                catch (AggregateException e)
                {
                    ExceptionDispatchInfo.Throw(e.InnerException!);
                }
                finally
                {
                    answered.CompleteAdding();
                }
            },
            CancellationToken.None);
        foreach (var one in answered.GetConsumingEnumerable(CancellationToken.None)) yield return one;
        work.GetAwaiter().GetResult();
    }
}
