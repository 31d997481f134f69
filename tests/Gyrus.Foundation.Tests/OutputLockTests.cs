using Gyrus.Testing;
using Xunit;

namespace Gyrus.Foundation.Tests;

public sealed class OutputLockTests
{
    [Fact]
    public void Folder_that_is_taken_is_refused_until_it_is_let_go_of()
    {
        using var folder = new TempFolder();
        using (OutputLock.TakeFolder(folder.File("runs/first")))
        {
            var refused = Assert.Throws<GyrusException>(() => OutputLock.TakeFolder(folder.File("runs/first")));
            Assert.StartsWith(folder.File("runs/first") + ": another gyrus", refused.Message, StringComparison.Ordinal);
            OutputLock.TakeFolder(folder.File("runs/second")).Dispose();
        }

        OutputLock.TakeFolder(folder.File("runs/first")).Dispose();
    }

    [Fact]
    public void File_that_is_taken_is_refused_and_keeps_its_content()
    {
        using var folder = new TempFolder();
        using (var file = OutputLock.OpenFile(folder.File("a/answers")))
        {
            file.Write("kept"u8);
            file.Flush();
            Assert.Contains("another gyrus", Assert.Throws<GyrusException>(() => OutputLock.OpenFile(folder.File("a/answers"))).Message);
        }

        Assert.Equal("kept", File.ReadAllText(folder.File("a/answers")));
    }
}
