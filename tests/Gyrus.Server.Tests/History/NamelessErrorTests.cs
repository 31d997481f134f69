using Gyrus.Inference;
using Gyrus.Server.History;
using Xunit;

namespace Gyrus.Server.Tests.History;

public sealed class NamelessErrorTests
{
    [Theory]
    [InlineData("Mueller.png: this is no image", "this is no image")]
    [InlineData("Mueller.png: it is not mueller.PNG but a folder", "the file could not be read")]
    [InlineData("no image in Mueller.png", "the file could not be read")]
    [InlineData("something else", "the file could not be read")]
    public void An_error_is_kept_without_the_files_name_or_not_at_all(string error, string kept) =>
        Assert.Equal(kept, NamelessError.Of(ScanResult.Unreadable("Mueller.png", error)));
}
