using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Gyrus.Inference.Tests;

public class OrderedBatchesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Run_gives_each_item_once_and_in_order_whatever_the_batches()
    {
        var inputs = from count in Gen.Choose(0, 200)
                     from batchSize in Gen.Choose(1, 9)
                     from workers in Gen.Choose(1, 5)
                     select (count, batchSize, workers);
        Prop.ForAll(inputs.ToArbitrary(), input =>
        {
            var batches = OrderedBatches.Run<int, int>(Enumerable.Range(0, input.count), input.batchSize, input.workers,
                () => items => [.. items.Select(item => item * 2)], Cancel);
            return batches.SelectMany(batch => batch).SequenceEqual(Enumerable.Range(0, input.count).Select(i => i * 2));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Run_keeps_the_order_where_later_batches_are_done_first()
    {
        using var laterIsDone = new ManualResetEventSlim();
        var batches = OrderedBatches.Run<int, int>(Enumerable.Range(0, 4), batchSize: 1, workers: 2, () => items =>
        {
            if (items[0] == 0) laterIsDone.Wait(Cancel);
            if (items[0] == 1) laterIsDone.Set();
            return items.ToArray();
        }, Cancel);

        Assert.Equal([0, 1, 2, 3], batches.SelectMany(batch => batch));
    }

    [Fact]
    public void Run_reads_the_sequence_no_further_ahead_than_it_needs()
    {
        // Full answers, batches in work, waiting items and the one in the reader's hand.
        const int Most = (4 * (4 + 2 + 1)) + 16 + 1;
        int read = 0;
        int taken = 0;
        int furthest = 0;
        IEnumerable<int> Endless()
        {
            while (true)
            {
                yield return ++read;
                Volatile.Write(ref furthest, Math.Max(furthest, read - Volatile.Read(ref taken)));
            }
        }
        using var batches = OrderedBatches
            .Run<int, int>(Endless(), batchSize: 4, workers: 2, () => items => items.ToArray(), Cancel).GetEnumerator();

        Assert.True(batches.MoveNext());
        // As far as it reads ahead at least: what waits is full.
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref furthest) >= 16, TimeSpan.FromMinutes(3)));
        for (int i = 0; i < 1000; i++)
        {
            Interlocked.Add(ref taken, batches.Current.Length);
            Assert.True(batches.MoveNext());
        }

        Assert.InRange(Volatile.Read(ref furthest), 16, Most);
    }

    [Fact]
    public void Run_answers_at_once_where_the_sequence_is_slow()
    {
        using var answered = new SemaphoreSlim(0);
        IEnumerable<int> Dialogue()
        {
            yield return 1;
            Assert.True(answered.Wait(TimeSpan.FromSeconds(30), Cancel), "the first item waited for a full batch");
            yield return 2;
        }

        List<int> results = [];
        foreach (var batch in OrderedBatches.Run<int, int>(Dialogue(), 8, 2, () => items => items.ToArray(), Cancel))
        {
            results.AddRange(batch);
            answered.Release();
        }

        Assert.Equal([1, 2], results);
    }

    [Fact]
    public void Run_throws_what_a_worker_throws()
    {
        var batches = OrderedBatches.Run<int, int>(Enumerable.Range(0, 100), 3, 2,
            () => items => items.Contains(50) ? throw new InvalidOperationException("fifty") : [.. items], Cancel);

        var error = Assert.Throws<InvalidOperationException>(() => batches.Count());
        Assert.Equal("fifty", error.Message);
    }

    [Fact]
    public void Run_throws_what_the_sequence_throws_after_the_results_before_it()
    {
        static IEnumerable<int> Broken()
        {
            yield return 1;
            throw new IOException("the list ended early");
        }
        List<int> results = [];

        Assert.Throws<IOException>(() =>
        {
            foreach (var batch in OrderedBatches.Run<int, int>(Broken(), 4, 2, () => items => items.ToArray(), Cancel))
            {
                results.AddRange(batch);
            }
        });
        Assert.Equal([1], results);
    }

    [Fact]
    public void Run_ends_when_it_is_cancelled_though_the_sequence_blocks()
    {
        using var never = new ManualResetEventSlim();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        IEnumerable<int> Blocked()
        {
            yield return 1;
            never.Wait();
        }

        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            foreach (var _ in OrderedBatches.Run<int, int>(Blocked(), 4, 2, () => items => items.ToArray(), cancel.Token))
            {
                cancel.Cancel();
            }
        });
        never.Set();
    }

    [Fact]
    public void Run_that_its_reader_leaves_early_ends()
    {
        var first = OrderedBatches
            .Run<int, int>(Enumerable.Range(0, int.MaxValue), 4, 2, () => items => items.ToArray(), Cancel).First();

        Assert.Equal([0, 1, 2, 3], first);
    }
}
