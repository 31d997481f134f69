using System.Text.Json;
using Gyrus.Cli.Terminal;
using Gyrus.Imaging.Decoding;
using Gyrus.Testing;
using NetVips;
using Xunit;

namespace Gyrus.Cli.Tests.Data;

public sealed class ScrubCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Scrub_writes_copies_in_the_same_layout()
    {
        Write("scans/ward/a.png", head: true);

        var outcome = await Run("scans", "--out", "clean");

        Assert.Equal((ExitCode.Success, ""), (outcome.ExitCode, outcome.Error));
        Assert.Equal(["clean: 1 images written, 0 of them to be looked at, 0 not read"], outcome.Lines);
        Assert.Equal(200, ScanDecoder.Read(_folder.File("clean/ward/a.png")).Width);
    }

    [Fact]
    public async Task Scrub_lists_what_a_person_should_look_at_and_exits_with_3()
    {
        Write("scans/a.png", head: true);
        Write("scans/blank.png", head: false);
        File.WriteAllText(_folder.File("scans/broken.png"), "no image");

        var outcome = await Run("scans", "--out", "clean", "--format", "json");

        Assert.Equal(ExitCode.SomeUnreadable, outcome.ExitCode);
        using var json = JsonDocument.Parse(outcome.Output);
        Assert.Equal(2, json.RootElement.GetProperty("images").GetInt32());
        var noHead = Assert.Single(json.RootElement.GetProperty("noHead").EnumerateArray());
        Assert.Equal("blank.png", noHead.GetProperty("path").GetString());
        Assert.Empty(json.RootElement.GetProperty("writingLeft").EnumerateArray());
        var unreadable = Assert.Single(json.RootElement.GetProperty("unreadable").EnumerateArray());
        Assert.Equal("broken.png", unreadable.GetProperty("path").GetString());

        var table = await Run("scans", "--out", "clean");
        Assert.Contains(
            "no head found, written whole; look at it: clean/blank.png", table.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scrub_into_the_images_own_folder_is_refused()
    {
        Write("scans/a.png", head: true);

        var outcome = await Run("scans", "--out", "scans");

        Assert.Equal(ExitCode.UserError, outcome.ExitCode);
        Assert.Contains("Give a folder apart from scans.", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scrub_into_a_folder_that_another_process_writes_into_is_refused()
    {
        Write("scans/a.png", head: true);
        using var other = OutputLock.TakeFolder(_folder.File("clean"));

        var outcome = await Run("scans", "--out", "clean");

        Assert.Equal(ExitCode.UserError, outcome.ExitCode);
        Assert.Contains("clean: another gyrus is writing there", outcome.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("clean/a.png")));
    }

    private Task<Outcome> Run(params string[] arguments) => GyrusProcess.Run(
        ["data", "scrub", .. arguments], TestContext.Current.CancellationToken, _folder.Path);

    private void Write(string name, bool head)
    {
        var path = _folder.File(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var blank = Image.Black(200, 200);
        using var image = blank.Mutate(drawn =>
        {
            if (head) drawn.DrawCircle([180], 100, 100, 60, fill: true);
        });
        image.Pngsave(path);
    }
}
