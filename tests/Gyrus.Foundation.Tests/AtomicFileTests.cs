using Gyrus.Testing;
using Xunit;

namespace Gyrus.Foundation.Tests;

public sealed class AtomicFileTests
{
    [Fact]
    public void Write_makes_the_folder_and_leaves_the_file_alone_in_it()
    {
        using var folder = new TempFolder();
        AtomicFile.WriteText(folder.File("a/b/c.txt"), "grün");
        Assert.Equal("grün"u8.ToArray(), File.ReadAllBytes(folder.File("a/b/c.txt")));
        Assert.Single(Directory.GetFileSystemEntries(folder.File("a/b")));
    }

    [Fact]
    public void Write_replaces_the_old_content()
    {
        using var folder = new TempFolder();
        AtomicFile.WriteText(folder.File("a"), "old and longer");
        AtomicFile.WriteText(folder.File("a"), "new");
        Assert.Equal("new", File.ReadAllText(folder.File("a")));
    }

    [Fact]
    public void Write_writer_throws_old_content_stands_and_no_temporary_file_is_left()
    {
        using var folder = new TempFolder();
        AtomicFile.WriteText(folder.File("a"), "old");
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(folder.File("a"), stream =>
        {
            stream.Write("half"u8);
            throw new InvalidOperationException();
        }));
        Assert.Equal("old", File.ReadAllText(folder.File("a")));
        Assert.Single(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Write_onto_a_folder_fails_and_leaves_no_temporary_file()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.File("a"));
        Assert.ThrowsAny<Exception>(() => AtomicFile.WriteText(folder.File("a"), "x"));
        Assert.Equal([folder.File("a")], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Write_while_another_reads_gives_the_reader_whole_contents()
    {
        using var folder = new TempFolder();
        string path = folder.File("a");
        string[] contents = [new('x', 5000), new('y', 70000)];
        AtomicFile.WriteText(path, contents[0]);
        var reader = Task.Run(() =>
        {
            for (int i = 0; i < 300; i++) Assert.Contains(File.ReadAllText(path), contents);
        }, TestContext.Current.CancellationToken);
        for (int i = 0; !reader.IsCompleted; i++) AtomicFile.WriteText(path, contents[i % 2]);
        await reader;
    }
}
