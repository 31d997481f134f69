using System.Diagnostics;
using Gyrus.Imaging.Decoding;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Foundation.Tests;

public sealed class FileKindTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_of_a_pipe_is_refused_and_waits_for_nobody()
    {
        var pipe = _folder.File("scan.png");
        using (var make = Process.Start("mkfifo", [pipe])) make.WaitForExit();
        var link = _folder.File("link.png");
        File.CreateSymbolicLink(link, pipe);

        foreach (var path in new[] { pipe, link })
        {
            var error = Assert.Throws<ScanException>(() => ScanDecoder.Read(path));
            Assert.Equal($"{path}: this is a pipe and no file; name an image file", error.Message);
        }
    }

    [Fact]
    public void Read_of_a_device_that_has_no_end_is_refused()
    {
        Assert.SkipUnless(File.Exists("/dev/zero"), "there is no /dev/zero on this system");
        var link = _folder.File("scan.png");
        File.CreateSymbolicLink(link, "/dev/zero");

        Assert.Contains("this is a device and no file", Assert.Throws<ScanException>(() => ScanDecoder.Read(link)).Message);
    }

    [Fact]
    public void Read_of_a_file_beyond_the_limit_is_refused_by_its_size_alone()
    {
        var path = _folder.File("scan.png");
        using (var file = File.Create(path)) file.SetLength(ScanDecoder.LargestFile + 1);

        long before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<ScanException>(() => ScanDecoder.Read(path));

        Assert.Equal(ScanFault.TooLarge, error.Fault);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void Files_folders_and_what_is_not_there_are_nothing_special()
    {
        File.WriteAllText(_folder.File("a"), "");

        Assert.Null(FileKind.Special(_folder.File("a")));
        Assert.Null(FileKind.Special(_folder.Path));
        Assert.Null(FileKind.Special(_folder.File("missing")));
        Assert.Equal("a device", FileKind.Special("/dev/null"));
    }
}
