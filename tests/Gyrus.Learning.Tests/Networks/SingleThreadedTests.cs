using Gyrus.Learning.Networks;
using TorchSharp;
using Xunit;

namespace Gyrus.Learning.Tests.Networks;

public sealed class SingleThreadedTests
{
    [Fact]
    public void ForEach_gives_one_thread_to_threads_that_had_more()
    {
        // Pool threads that have used libtorch before keep the number that they had.
        Parallel.For(0, 64, _ => torch.set_num_threads(2));
        var seen = new System.Collections.Concurrent.ConcurrentBag<int>();

        SingleThreaded.ForEach(
            Enumerable.Range(0, 64).ToList(),
            _ =>
            {
                seen.Add(torch.get_num_threads());
                Thread.Sleep(1);
            },
            TestContext.Current.CancellationToken);

        Assert.Equal(64, seen.Count);
        Assert.All(seen, number => Assert.Equal(1, number));
    }

    [Fact]
    public void ForEach_puts_the_number_of_the_caller_back()
    {
        int before = torch.get_num_threads();
        torch.set_num_threads(3);

        SingleThreaded.ForEach([1, 2, 3], _ => { }, TestContext.Current.CancellationToken);

        Assert.Equal(3, torch.get_num_threads());
        torch.set_num_threads(before);
    }
}
