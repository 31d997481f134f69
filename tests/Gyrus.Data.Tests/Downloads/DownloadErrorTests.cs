using Gyrus.Data.Downloads;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Data.Tests.Downloads;

public sealed class DownloadErrorTests
{
    private static readonly byte[] Content = DownloadTests.Bytes(seed: 3, length: 300_000);

    [Theory]
    [InlineData(404, DownloadProblem.NotFound, "is not there (HTTP 404)")]
    [InlineData(410, DownloadProblem.NotFound, "is not there (HTTP 410)")]
    [InlineData(401, DownloadProblem.Refused, "wants a login")]
    [InlineData(403, DownloadProblem.Refused, "download it with a browser and save it as")]
    [InlineData(418, DownloadProblem.UnexpectedAnswer, "answered HTTP 418")]
    public async Task Download_refused_says_what_to_do_and_does_not_try_again(
        int status, DownloadProblem problem, string words)
    {
        using var rig = new DownloadRig((_, _) => LocalAnswer.Only(status));

        var error = await Assert.ThrowsAsync<DownloadException>(() => rig.Run());

        Assert.Equal(problem, error.Problem);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.Contains(rig.Server.Address().ToString(), error.Message, StringComparison.Ordinal);
        Assert.Single(rig.Server.Requests);
        Assert.False(File.Exists(rig.Destination));
    }

    [Fact]
    public async Task Download_refused_by_the_host_behind_a_redirect_names_both()
    {
        using var rig = new DownloadRig((request, i) => i == 0
            ? LocalAnswer.Only(302).With("Location", $"http://localhost:{Port(request)}/elsewhere")
            : LocalAnswer.Only(404));

        var error = await Assert.ThrowsAsync<DownloadException>(() => rig.Run());

        Assert.Contains($"{rig.Server.Address()} (redirected to localhost)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Download_with_the_wrong_hash_removes_what_came()
    {
        using var rig = new DownloadRig((request, _) => LocalAnswer.File(request, Content));

        var error = await Assert.ThrowsAsync<DownloadException>(() => rig.Run(FileHash.Md5(new string('0', 32))));

        Assert.Equal(DownloadProblem.WrongContent, error.Problem);
        var actual = DownloadTests.Md5(Content).ToLowerInvariant();
        var words = $"has the hash MD5 {actual}, not MD5 {new string('0', 32)}";
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.Empty(rig.Files);
    }

    [Fact]
    public async Task Download_that_its_check_refuses_removes_what_came()
    {
        using var rig = new DownloadRig((request, _) => LocalAnswer.File(request, Content));

        var error = await Assert.ThrowsAsync<DownloadException>(
            () => rig.Run(check: path => $"has {new FileInfo(path).Length} bytes"));

        Assert.Contains("what came has 300000 bytes.", error.Message, StringComparison.Ordinal);
        Assert.Empty(rig.Files);
    }

    [Fact]
    public async Task Download_with_the_wrong_hash_keeps_the_file_that_was_there()
    {
        using var rig = new DownloadRig((request, _) => LocalAnswer.File(request, Content));
        Directory.CreateDirectory(Path.GetDirectoryName(rig.Destination)!);
        File.WriteAllText(rig.Destination, "old");

        await Assert.ThrowsAsync<DownloadException>(() => rig.Run(FileHash.Md5(new string('0', 32))));

        Assert.Equal("old", File.ReadAllText(rig.Destination));
    }

    [Fact]
    public async Task Download_that_gets_no_further_gives_up_and_keeps_the_part()
    {
        using var rig = new DownloadRig((request, i) =>
            LocalAnswer.File(request, Content, cutAfter: i == 0 ? 200_000 : 0));

        var error = await Assert.ThrowsAsync<DownloadException>(() => rig.Run());

        Assert.Equal(DownloadProblem.GaveUp, error.Problem);
        Assert.Contains("gave up after 6 tries", error.Message, StringComparison.Ordinal);
        Assert.Contains("0.2 MB that came are kept: running again goes on", error.Message, StringComparison.Ordinal);
        Assert.Equal(Content[..200_000], File.ReadAllBytes(rig.Part));
        Assert.Equal([1, 2, 4, 8, 16], rig.Waits.Select(w => w.TotalSeconds));
    }

    [Fact]
    public async Task Download_that_always_starts_again_gives_up()
    {
        using var rig = new DownloadRig((_, _) => new LocalAnswer(200, Content.AsMemory(0, 1000), Content.Length));

        var error = await Assert.ThrowsAsync<DownloadException>(() => rig.Run());

        Assert.Equal(DownloadProblem.GaveUp, error.Problem);
        Assert.Equal(6, rig.Server.Requests.Count);
    }

    [Fact]
    public async Task Download_from_an_unreachable_port_fails_at_once()
    {
        using var rig = new DownloadRig((_, _) => LocalAnswer.Only(200));
        Uri address;
        using (var gone = new LocalServer(_ => LocalAnswer.Only(200))) address = gone.Address();

        var error = await Assert.ThrowsAsync<DownloadException>(() => rig.Run(address: address));

        Assert.Equal(DownloadProblem.NoNetwork, error.Problem);
        var words = $"{address} cannot be reached: the connection failed";
        Assert.StartsWith(words, error.Message, StringComparison.Ordinal);
        Assert.Contains("Check the network", error.Message, StringComparison.Ordinal);
        Assert.Empty(rig.Waits);
        Assert.Empty(rig.Files);
    }

    [Fact]
    public async Task Download_from_an_unknown_host_says_so()
    {
        using var rig = new DownloadRig((_, _) => LocalAnswer.Only(200));

        // RFC 6761: no resolver knows a name below .invalid.
        var error = await Assert.ThrowsAsync<DownloadException>(
            () => rig.Run(address: new Uri("http://gyrus.invalid/a")));

        Assert.Equal(DownloadProblem.NoNetwork, error.Problem);
    }

    [Fact]
    public async Task Download_larger_than_the_free_space_writes_nothing()
    {
        using var rig = new DownloadRig((request, _) => LocalAnswer.File(request, Content));
        rig.Options = rig.Options with { FreeSpace = _ => Content.Length - 1 };

        var error = await Assert.ThrowsAsync<DownloadException>(() => rig.Run());

        Assert.Equal(DownloadProblem.NoSpace, error.Problem);
        Assert.Contains("needs 0.3 MB more", error.Message, StringComparison.Ordinal);
        Assert.Empty(rig.Files);
    }

    [Fact]
    public async Task Download_going_on_needs_space_for_the_rest_only()
    {
        using var rig = new DownloadRig((request, i) =>
            LocalAnswer.File(request, Content, cutAfter: i == 0 ? 200_000 : int.MaxValue));
        long free = Content.Length;
        rig.Options = rig.Options with { FreeSpace = _ => free - new FileInfo(rig.Part).Length };

        await rig.Run();

        Assert.Equal(Content, File.ReadAllBytes(rig.Destination));
    }

    [Fact]
    public async Task Download_into_a_folder_that_is_a_file_names_it()
    {
        using var rig = new DownloadRig((request, _) => LocalAnswer.File(request, Content));
        File.WriteAllText(Path.GetDirectoryName(rig.Destination)!, "in the way");

        var error = await Assert.ThrowsAsync<DownloadException>(() => rig.Run());

        Assert.Equal(DownloadProblem.Disk, error.Problem);
        Assert.StartsWith(rig.Part + " cannot be written", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Download_while_another_process_writes_the_same_part_is_refused()
    {
        using var rig = new DownloadRig((request, _) => LocalAnswer.File(request, Content));
        Directory.CreateDirectory(Path.GetDirectoryName(rig.Destination)!);
        using var other = new FileStream(rig.Part, FileMode.Create, FileAccess.ReadWrite, FileShare.None);

        var error = await Assert.ThrowsAsync<DownloadException>(() => rig.Run());

        Assert.Equal(DownloadProblem.Disk, error.Problem);
        Assert.Empty(rig.Server.Requests);
    }

    private static string Port(LocalRequest request) => request.Headers["Host"].Split(':')[1];
}
