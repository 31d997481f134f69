using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gyrus.Cli.Commands.Classify;
using Xunit;

namespace Gyrus.Cli.Tests.Classify;

public class PathListTests
{
    [Fact]
    public void Read_gives_back_what_was_written_with_either_separator()
    {
        var names = Gen.Elements("a.png", "deep/ä b.jpg", new string('x', 5000), "with\ttab", "日本.tif").ListOf();
        Prop.ForAll(names.ToArbitrary(), paths => new[] { '\n', '\0' }.All(separator =>
        {
            var text = string.Concat(paths.Select(path => path + separator));
            using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
            return PathList.Read(stream).SequenceEqual(paths);
        })).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Read_with_zero_bytes_leaves_line_feeds_in_names()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes("a.png\0two\nlines.png\0"));

        Assert.Equal(["a.png", "two\nlines.png"], PathList.Read(stream));
    }
}
