using System.Security.Cryptography;
using Gyrus.Data.Downloads;
using Gyrus.Testing;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Gyrus.Data.Tests.Downloads;

public sealed class DownloadTests
{
    private static readonly byte[] Content = Bytes(seed: 1, length: 3_000_000);

    [Fact]
    public async Task Download_of_a_whole_file_leaves_it_alone_in_the_folder()
    {
        using var rig = new DownloadRig((request, _) => LocalAnswer.File(request, Content));

        await rig.Run(FileHash.Sha256(Convert.ToHexString(SHA256.HashData(Content))));

        Assert.Equal(Content, File.ReadAllBytes(rig.Destination));
        Assert.Equal(["file.zip"], rig.Files);
        Assert.Equal(new WorkProgress("file.zip, MB", 3, 3), rig.Progress[^1]);
    }

    [Fact]
    public async Task Download_cut_mid_body_goes_on_with_range()
    {
        int[] cuts = [1_000_000, 1, int.MaxValue];
        using var rig = new DownloadRig((request, i) => LocalAnswer.File(request, Content, cutAfter: cuts[i]));

        await rig.Run();

        Assert.Equal(Content, File.ReadAllBytes(rig.Destination));
        Assert.Equal([null, 1_000_000, 1_000_001], rig.Server.Requests.Select(r => r.RangeFrom));
        Assert.Equal([null, "\"one\"", "\"one\""], rig.Server.Requests.Select(r => r.IfRange));
        Assert.Contains(rig.Progress, p => p.Note == "the connection was cut; trying again in 1 s");
    }

    [Fact]
    public async Task Download_behind_a_redirect_to_another_host_goes_on_with_range()
    {
        int[] cuts = [1_000_000, int.MaxValue];
        using var store = new DownloadRig((request, i) => LocalAnswer.File(request, Content, cutAfter: cuts[i]));
        using var rig = new DownloadRig((_, i) => LocalAnswer.Only(302)
            .With("Location", store.Server.Address($"signed-{i}").AbsoluteUri));

        await rig.Run();

        Assert.Equal(Content, File.ReadAllBytes(rig.Destination));
        Assert.Equal(["signed-0", "signed-1"], store.Server.Requests.Select(r => r.Path));
        Assert.Equal([null, 1_000_000], store.Server.Requests.Select(r => r.RangeFrom));
    }

    [Fact]
    public async Task Download_with_the_part_of_a_killed_run_asks_for_the_rest_only()
    {
        using var rig = await Interrupted(after: 2_000_000);

        await rig.Run();

        Assert.Equal(Content, File.ReadAllBytes(rig.Destination));
        Assert.Equal(2_000_000, rig.Server.Requests[^1].RangeFrom);
        Assert.Equal(["file.zip"], rig.Files);
    }

    [Fact]
    public async Task Download_killed_before_the_last_rename_needs_no_byte_more()
    {
        using var rig = await Interrupted(after: 2_000_000);
        File.WriteAllBytes(rig.Part, Content);

        await rig.Run();

        Assert.Equal(Content, File.ReadAllBytes(rig.Destination));
        Assert.Equal(Content.Length, rig.Server.Requests[^1].RangeFrom);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("null")]
    [InlineData(null)]
    public async Task Download_with_a_part_of_an_unknown_version_starts_again(string? version)
    {
        using var rig = await Interrupted(after: 2_000_000);
        if (version is null) File.Delete(rig.Part + ".json");
        else File.WriteAllText(rig.Part + ".json", version);

        await rig.Run();

        Assert.Equal(Content, File.ReadAllBytes(rig.Destination));
        Assert.Null(rig.Server.Requests[^1].RangeFrom);
    }

    [Fact]
    public async Task Download_with_the_part_of_another_address_starts_again()
    {
        using var rig = await Interrupted(after: 2_000_000);

        await rig.Run(address: rig.Server.Address("other.zip"));

        Assert.Equal(Content, File.ReadAllBytes(rig.Destination));
        Assert.Null(rig.Server.Requests[^1].RangeFrom);
    }

    [Fact]
    public async Task Download_whose_file_changed_meanwhile_starts_again()
    {
        var other = Bytes(seed: 2, length: 2_500_000);
        using var rig = new DownloadRig((request, i) => i == 0
            ? LocalAnswer.File(request, Content, "\"one\"", cutAfter: 1_000_000)
            : LocalAnswer.File(request, other, "\"two\""));

        await rig.Run();

        Assert.Equal(other, File.ReadAllBytes(rig.Destination));
        Assert.Equal("\"one\"", rig.Server.Requests[1].IfRange);
    }

    [Fact]
    public async Task Download_from_a_server_with_dates_and_no_tags_goes_on_by_date()
    {
        const string date = "Mon, 05 Jan 2026 10:00:00 GMT";
        using var rig = new DownloadRig((request, i) =>
        {
            int cut = i == 0 ? 1_000_000 : int.MaxValue;
            var answer = LocalAnswer.File(request, Content, request.IfRange ?? "W/\"weak\"", cut);
            answer.Headers.Remove("ETag");
            return answer.With("ETag", "W/\"weak\"").With("Last-Modified", date);
        });

        await rig.Run();

        Assert.Equal(Content, File.ReadAllBytes(rig.Destination));
        Assert.Equal(date, rig.Server.Requests[1].IfRange);
    }

    [Fact]
    public async Task Download_from_a_server_without_range_starts_again()
    {
        using var rig = new DownloadRig((_, i) =>
            new LocalAnswer(200, Content.AsMemory(0, i < 2 ? 1_000_000 : Content.Length), Content.Length)
                .With("ETag", "\"one\""));

        await rig.Run();

        Assert.Equal(Content, File.ReadAllBytes(rig.Destination));
        Assert.Equal([null, 1_000_000, 1_000_000], rig.Server.Requests.Select(r => r.RangeFrom));
    }

    [Fact]
    public async Task Download_without_a_length_or_version_still_arrives()
    {
        using var rig = new DownloadRig((_, _) => new LocalAnswer(200, Content, Length: null));

        await rig.Run();

        Assert.Equal(Content, File.ReadAllBytes(rig.Destination));
    }

    [Fact]
    public async Task Download_answered_with_another_piece_starts_again()
    {
        using var rig = new DownloadRig((request, i) => i switch
        {
            0 => LocalAnswer.File(request, Content, cutAfter: 1_000_000),
            1 => new LocalAnswer(206, Content.AsMemory(5), Content.Length - 5)
                .With("Content-Range", $"bytes 5-{Content.Length - 1}/{Content.Length}"),
            _ => LocalAnswer.File(request, Content),
        });

        await rig.Run();

        Assert.Equal(Content, File.ReadAllBytes(rig.Destination));
        Assert.Equal([null, 1_000_000, null], rig.Server.Requests.Select(r => r.RangeFrom));
    }

    [Fact]
    public async Task Download_of_a_busy_server_waits_longer_each_time()
    {
        using var rig = new DownloadRig((request, i) => i switch
        {
            < 3 => LocalAnswer.Only(503),
            3 => LocalAnswer.Only(429).With("Retry-After", "7"),
            _ => LocalAnswer.File(request, Content),
        });

        await rig.Run();

        Assert.Equal([1, 2, 4, 7], rig.Waits.Select(w => w.TotalSeconds));
        Assert.Equal(Content, File.ReadAllBytes(rig.Destination));
    }

    [Fact]
    public async Task Download_of_a_server_that_says_when_waits_until_then()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 27, 12, 0, 0, TimeSpan.Zero));
        using var rig = new DownloadRig((request, i) => i switch
        {
            0 => LocalAnswer.Only(503).With("Retry-After", "90"),
            1 => LocalAnswer.Only(503).With("Retry-After", "Fri, 27 Nov 2026 12:05:00 GMT"),
            2 => LocalAnswer.Only(503).With("Retry-After", "Fri, 27 Nov 2026 11:00:00 GMT"),
            _ => LocalAnswer.File(request, Content),
        });
        rig.Options = rig.Options with { Clock = clock };

        await rig.Run();

        Assert.Equal([90, 300, 0], rig.Waits.Select(wait => wait.TotalSeconds));
        Assert.Equal(Content, File.ReadAllBytes(rig.Destination));
    }

    [Fact]
    public async Task Download_of_a_server_that_asks_for_hours_ends_with_how_long_and_keeps_the_part()
    {
        using var rig = new DownloadRig((request, i) => i == 0
            ? LocalAnswer.File(request, Content, cutAfter: 1_000_000) : LocalAnswer.Only(503).With("Retry-After", "7200"));

        var error = await Assert.ThrowsAsync<DownloadException>(() => rig.Run());

        Assert.Equal(DownloadProblem.GaveUp, error.Problem);
        Assert.Contains("120 minutes", error.Message, StringComparison.Ordinal);
        Assert.Equal([1.0], rig.Waits.Select(wait => wait.TotalSeconds));
        Assert.Equal(Content[..1_000_000], File.ReadAllBytes(rig.Part));
    }

    [Fact]
    public async Task Download_that_falls_silent_is_tried_again()
    {
        using var rig = new DownloadRig((request, i) => i == 0
            ? Silent(after: 1_000_000)
            : LocalAnswer.File(request, Content));
        var clock = new FakeTimeProvider();
        rig.Options = rig.Options with { Clock = clock };

        var run = rig.Run();
        while (!File.Exists(rig.Part) || new FileInfo(rig.Part).Length < 1_000_000) await Task.Delay(5, rig.Stop.Token);
        while (rig.Server.Requests.Count < 2)
        {
            clock.Advance(rig.Options.Silence);
            await Task.Delay(5, rig.Stop.Token);
        }
        await run;

        Assert.Equal(Content, File.ReadAllBytes(rig.Destination));
        Assert.Equal(1_000_000, rig.Server.Requests[1].RangeFrom);
    }

    [Fact]
    public async Task Download_stopped_by_the_user_keeps_the_part()
    {
        using var rig = new DownloadRig((_, _) => Silent(after: 1_000_000));

        var run = rig.Run();
        while (!File.Exists(rig.Part) || new FileInfo(rig.Part).Length < 1_000_000) await Task.Delay(5, rig.Stop.Token);
        await rig.Stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal(Content[..1_000_000], File.ReadAllBytes(rig.Part));
        Assert.Equal(["file.zip.part", "file.zip.part.json"], rig.Files);
    }

    [Fact]
    public async Task Download_of_a_file_that_is_there_with_its_hash_asks_nothing()
    {
        using var rig = new DownloadRig((request, _) => LocalAnswer.File(request, Content));
        var hash = FileHash.Md5(Md5(Content));
        await rig.Run(hash);

        await rig.Run(hash);

        Assert.Single(rig.Server.Requests);
    }

    private static LocalAnswer Silent(int after) =>
        new LocalAnswer(200, Content.AsMemory(0, after), Content.Length, ThenSilent: true).With("ETag", "\"one\"");

    /// <summary>A download as a kill leaves it after some bytes; its server sends the rest when asked again.</summary>
    private static async Task<DownloadRig> Interrupted(int after)
    {
        var rig = new DownloadRig((request, i) =>
            LocalAnswer.File(request, Content, cutAfter: i == 0 ? after : int.MaxValue));
        var patient = rig.Options;
        rig.Options = patient with { Tries = 1 };
        await Assert.ThrowsAsync<DownloadException>(() => rig.Run());
        rig.Options = patient;
        return rig;
    }

    internal static byte[] Bytes(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    internal static string Md5(byte[] bytes) =>
        Convert.ToHexString(CryptographicOperations.HashData(HashAlgorithmName.MD5, bytes));
}
