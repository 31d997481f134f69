using Gyrus.Imaging.Decoding;
using Xunit;

namespace Gyrus.Imaging.Tests.Decoding;

public class RecentFilesTests
{
    [Fact]
    public void The_file_that_was_asked_for_longest_ago_goes_first()
    {
        List<string> opened = [];
        var files = new RecentFiles<string>(2, path =>
        {
            opened.Add(path);
            return path.ToUpperInvariant();
        });

        Assert.Equal(["A", "B", "A", "C", "A", "B"], ((string[])["a", "b", "a", "c", "a", "b"]).Select(files.Get));
        Assert.Equal(["a", "b", "c", "b"], opened);
    }

    [Fact]
    public void Many_threads_open_a_file_once()
    {
        int opened = 0;
        var files = new RecentFiles<int>(2, _ =>
        {
            Thread.Sleep(20);
            return Interlocked.Increment(ref opened);
        });

        Assert.All(ParallelEnumerable.Range(0, 16).Select(_ => files.Get("x")), value => Assert.Equal(1, value));
        Assert.Equal(1, opened);
    }
}
