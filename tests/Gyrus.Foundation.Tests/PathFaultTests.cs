using System.Diagnostics;
using Gyrus.Imaging.Decoding;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Foundation.Tests;

public sealed class PathFaultTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "the path is empty")]
    [InlineData("none/a.png", "there is no such file")]
    [InlineData("folder", "this is a folder")]
    public void Path_that_is_no_file_is_told_as_what_it_is(string name, string expected)
    {
        Directory.CreateDirectory(_folder.File("folder"));
        var path = name.Length == 0 ? "" : _folder.File(name);

        Assert.Contains(expected, Assert.Throws<ScanException>(() => ScanDecoder.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_whose_name_is_no_UTF8_is_told_so_and_not_as_missing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "names are bytes on Linux alone");
        Assert.SkipUnless(Shell("printf x > \"$(printf 'caf\\351.png')\""), "this file system takes UTF-8 alone");
        var path = Assert.Single(Directory.GetFiles(_folder.Path));

        var error = Assert.Throws<ScanException>(() => ScanDecoder.Read(path)).Message;

        Assert.True(Shell("rm ./caf*")); // .NET cannot remove it either.
        Assert.Contains("no UTF-8", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Folder_where_a_file_is_to_be_written_is_told_before_anything_is_written()
    {
        Directory.CreateDirectory(_folder.File("out"));

        var atomic = Assert.Throws<IOException>(() => AtomicFile.WriteText(_folder.File("out"), "text"));
        var kept = Assert.Throws<IOException>(() => OutputLock.OpenFile(_folder.File("out")));

        Assert.Contains("this is a folder", atomic.Message, StringComparison.Ordinal);
        Assert.Contains("this is a folder", kept.Message, StringComparison.Ordinal);
        Assert.Single(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void File_where_a_folder_is_to_be_written_is_told_and_stays()
    {
        File.WriteAllText(_folder.File("out"), "mine");

        var atomic = Assert.Throws<IOException>(() => AtomicFile.WriteText(_folder.File("out/index.html"), "text"));
        var kept = Assert.Throws<IOException>(() => OutputLock.TakeFolder(_folder.File("out")));

        Assert.Contains("this is a file", atomic.Message, StringComparison.Ordinal);
        Assert.Contains("this is a file", kept.Message, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(_folder.File("out")));
    }

    private bool Shell(string command)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", command]) { WorkingDirectory = _folder.Path })!;
        shell.WaitForExit();
        return shell.ExitCode == 0;
    }
}
