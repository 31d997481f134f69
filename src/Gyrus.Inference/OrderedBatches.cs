using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Gyrus.Inference;

/// <summary>
/// Works on a sequence in batches on several threads and gives the results in the sequence's order. Bounded: the
/// threads wait where the reader of the results is slow, and the sequence is read ahead no further than they need.
/// </summary>
/// <remarks>
/// A batch waits only <see cref="Patience"/> for its next item, so that a slow sequence, such as paths that a person
/// types, gets its answers at once, and a fast one full batches.
/// </remarks>
internal static class OrderedBatches
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(20);

    /// <param name="items">The sequence. Read on a background thread, which is left behind where the sequence blocks
    /// for ever.</param>
    /// <param name="batchSize">The largest number of items in a batch.</param>
    /// <param name="workers">The number of threads.</param>
    /// <param name="newWorker">Makes what one thread does with a batch, called on that thread.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <returns>The results of each batch.</returns>
    public static IEnumerable<TResult[]> Run<T, TResult>(
        IEnumerable<T> items,
        int batchSize,
        int workers,
        Func<Func<IReadOnlyList<T>, TResult[]>> newWorker,
        CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var batches = new BatchSource<T, TResult>(batchSize, workers, stop.Token);
        Start(() => batches.Feed(items));
        Thread[] threads = [.. Enumerable.Range(0, workers).Select(_ => Start(() => Work(batches, newWorker)))];
        try
        {
            foreach (var batch in batches.InOrder()) yield return batch.GetAwaiter().GetResult();
        }
        finally
        {
            stop.Cancel();
            foreach (var thread in threads) thread.Join();
        }
    }

    private static Thread Start(Action action)
    {
        var thread = new Thread(() => action()) { IsBackground = true };
        thread.Start();
        return thread;
    }

    private static void Work<T, TResult>(
        BatchSource<T, TResult> batches, Func<Func<IReadOnlyList<T>, TResult[]>> newWorker)
    {
        Func<IReadOnlyList<T>, TResult[]>? worker = null;
        while (batches.Next() is var (items, answer))
        {
            try
            {
                worker ??= newWorker();
                answer.SetResult(worker(items));
            }
            catch (Exception e)
            {
                // Whatever it is, the thread that reads the results has to see it.
                answer.SetException(e);
                return;
            }
        }
    }

    /// <summary>Cuts a sequence into batches and keeps the promises of their results in order.</summary>
    private sealed class BatchSource<T, TResult>(int batchSize, int workers, CancellationToken stop)
        : IDisposable
    {
        private readonly BlockingCollection<T> _items = new(2 * batchSize * workers);
        private readonly BlockingCollection<Task<TResult[]>> _answers = new(2 * workers);
        private readonly Lock _taking = new();
        private ExceptionDispatchInfo? _error;

        public void Feed(IEnumerable<T> items)
        {
            try
            {
                try
                {
                    foreach (var item in items) _items.Add(item, stop);
                }
                catch (Exception e) when (!stop.IsCancellationRequested)
                {
                    _error = ExceptionDispatchInfo.Capture(e);
                }
                _items.CompleteAdding();
            }
            catch (Exception) when (stop.IsCancellationRequested)
            {
                // The work is over, this object may be disposed, and nobody waits for the sequence.
            }
        }

        public IEnumerable<Task<TResult[]>> InOrder()
        {
            foreach (var answer in _answers.GetConsumingEnumerable(stop)) yield return answer;
            _error?.Throw();
        }

        /// <summary>The next batch, and where its results go; null at the end.</summary>
        public (IReadOnlyList<T> Items, TaskCompletionSource<TResult[]> Answer)? Next()
        {
            lock (_taking)
            {
                try
                {
                    if (!_items.TryTake(out var item, Timeout.Infinite, stop))
                    {
                        _answers.CompleteAdding();
                        return null;
                    }
                    List<T> batch = [item];
                    while (batch.Count < batchSize && _items.TryTake(out item, (int)Patience.TotalMilliseconds, stop))
                    {
                        batch.Add(item);
                    }
                    var answer = new TaskCompletionSource<TResult[]>(TaskCreationOptions.RunContinuationsAsynchronously);
                    _answers.Add(answer.Task, stop);
                    return (batch, answer);
                }
                catch (OperationCanceledException)
                {
                    return null;
                }
            }
        }

        public void Dispose()
        {
            _items.Dispose();
            _answers.Dispose();
        }
    }
}
