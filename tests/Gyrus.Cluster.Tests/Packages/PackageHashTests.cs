using Gyrus.Cluster.Packages;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Cluster.Tests.Packages;

public sealed class PackageHashTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void IsThatOfNamesAndContentsWhereverTheFolderIs()
    {
        var hash = Hash("one", ("a", "1"), ("sub/b", "2"));
        Assert.Equal(hash, Hash("two", ("sub/b", "2"), ("a", "1")));
        Assert.NotEqual(hash, Hash("three", ("a", "1"), ("sub/b", "3")));
        Assert.NotEqual(hash, Hash("four", ("a", "1"), ("sub/c", "2")));
        Assert.NotEqual(hash, Hash("five", ("a", "1"), ("sub/b", "2"), ("c", "")));
    }

    /// <summary>Of a file a that holds 1: <c>sha256sum a | sha256sum</c>.</summary>
    [Fact]
    public void IsWhatOtherProgramsMakeOfTheFiles() =>
        Assert.Equal("fc5b2781bc65746b95c7f8f9f0265d76a070b77c7006e2b4964c7ebddf193d36", Hash("one", ("a", "1")));

    private string Hash(string name, params (string Name, string Text)[] files)
    {
        var folder = _folder.Folder(name);
        foreach (var (file, text) in files) AtomicFile.WriteText(Path.Combine(folder, file), text);
        return PackageHash.Of(folder);
    }
}
