using System.Collections.Concurrent;
using Gyrus.Learning.Native;
using TorchSharp;

namespace Gyrus.Learning.Networks;

/// <summary>Works side by side on all cores, each piece with one libtorch thread, so that a piece gives the same bits on
/// any number of cores and whatever else runs.</summary>
internal static class SingleThreaded
{
    /// <summary>Does something with each item, in no order that means anything.</summary>
    /// <param name="items">The items, each handed out when a worker is free.</param>
    /// <param name="body">What is done; called by several threads at once.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="AggregateException">The body threw.</exception>
    public static void ForEach<T>(IReadOnlyList<T> items, Action<T> body, CancellationToken cancellation)
    {
        TorchLibrary.EnsureLoadable();
        int before = torch.get_num_threads();
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = Environment.ProcessorCount,
            CancellationToken = cancellation,
        };
        Parallel.ForEach(
            Partitioner.Create(items, EnumerablePartitionerOptions.NoBuffering),
            options,
            localInit: () =>
            {
                // The number is each thread's own. A thread takes the common one at its first use of libtorch, which
                // asking is: were it not asked first, that would undo what is set here.
                _ = torch.get_num_threads();
                torch.set_num_threads(1);
                return true;
            },
            (item, _, set) =>
            {
                body(item);
                return set;
            },
            localFinally: _ => torch.set_num_threads(before));
    }
}
