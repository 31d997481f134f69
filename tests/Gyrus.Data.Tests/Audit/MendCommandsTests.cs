using Gyrus.Data.Audit;
using Xunit;

namespace Gyrus.Data.Tests.Audit;

public sealed class MendCommandsTests
{
    [Theory]
    [InlineData("set/dataset.csv", "set/dataset.csv")]
    [InlineData("my set.csv", "'my set.csv'")]
    [InlineData("it's; rm -rf $HOME.csv", @"'it'\''s; rm -rf $HOME.csv'")]
    public void A_path_is_quoted_where_a_shell_would_read_it_as_something_else(string path, string quoted)
    {
        var commands = new MendCommands(path, isManifest: true, known: true);

        Assert.Equal($"gyrus data split {quoted} --by group", commands.Split());
        Assert.Equal($"gyrus data scrub {quoted} --out scrubbed", commands.Scrub());
    }

    [Fact]
    public void Nothing_is_split_whose_labels_no_manifest_can_hold() =>
        Assert.Null(new MendCommands("photos", isManifest: false, known: false).Split());
}
