using System.Diagnostics;
using System.Globalization;
using Gyrus.Data.Copies;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Data.Tests.Copies;

public sealed class CopyFinderTests(ITestOutputHelper output)
{
    private const string ReportPath = "GYRUS_TEST_REPORT";

    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public void Find_joins_the_copies_of_each_head_and_nothing_else()
    {
        var report = CopyFinder.Find(Heads(12), null, Cancel);

        Assert.Equal(12, report.Groups.Count);
        Assert.All(report.Groups, group =>
        {
            Assert.Equal(3, group.Images.Count);
            Assert.Single(group.Images.Select(image => image.Split('/')[0]).Distinct());
            Assert.False(group.Exact);
        });
    }

    [Fact]
    public void Find_gives_the_same_report_in_any_order()
    {
        var heads = Heads(12);
        var shuffled = heads.ToArray();
        new Random(3).Shuffle(shuffled);

        Assert.Equal(Text(CopyFinder.Find(heads, null, Cancel)), Text(CopyFinder.Find(shuffled, null, Cancel)));
    }

    [Theory]
    [InlineData(1, "")]
    [InlineData(4, "")]
    [InlineData(4, "DOTNET_EnableAVX512")]
    [InlineData(4, "DOTNET_EnableHWIntrinsic")]
    public async Task Find_gives_the_same_report_in_another_process_on_any_number_of_threads_and_any_processor(int processors, string without)
    {
        using var folder = new TempFolder();
        var method = $"{typeof(CopyFinderTests).FullName}.{nameof(Write_what_is_found)}";
        var start = new ProcessStartInfo("dotnet", [typeof(CopyFinderTests).Assembly.Location, "-method", method, "-explicit", "only"])
        {
            Environment = { [ReportPath] = folder.File("report"), ["DOTNET_PROCESSOR_COUNT"] = $"{processors}" },
            RedirectStandardOutput = true,
        };
        if (without.Length > 0) start.Environment[without] = "0";

        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);

        Assert.True(process.ExitCode == 0, said);
        Assert.Equal(
            Text(CopyFinder.Find(Heads(12), null, Cancel)), await File.ReadAllTextAsync(folder.File("report"), Cancel));
    }

    /// <summary>The other process of the test above.</summary>
    [Fact(Explicit = true)]
    public void Write_what_is_found()
    {
        var path = Environment.GetEnvironmentVariable(ReportPath);
        Assert.SkipWhen(path is null, "runs in a process that another test starts");
        File.WriteAllText(path!, Text(CopyFinder.Find(Heads(12), null, Cancel)));
    }

    [Fact]
    public void Find_tells_files_with_the_same_bytes_from_other_copies()
    {
        var head = new DrawnHead(1).Fingerprint();

        var report = CopyFinder.Find(
            [new("a", "1", head), new("b", "1", head), new("c", "2", new DrawnHead(2).Fingerprint())], null, Cancel);

        var group = Assert.Single(report.Groups);
        Assert.True(group.Exact);
        Assert.Equal(["a", "b"], group.Images);
        Assert.Equal(new CopyPair("a", "b", 1, "the same bytes"), Assert.Single(report.Pairs));
    }

    [Fact]
    public void Find_of_nothing_finds_nothing()
    {
        Assert.Empty(CopyFinder.Find([], null, Cancel).Groups);
        Assert.Empty(CopyFinder.Find([new("a", "1", new DrawnHead(1).Fingerprint())], null, Cancel).Groups);
    }

    [Fact]
    public void Blank_tiny_and_oblong_images_are_no_near_copies()
    {
        var random = new Random(1);
        byte[] Noise(int count) => [.. Enumerable.Range(0, count).Select(_ => (byte)random.Next(256))];
        byte[] Plain(int count, byte grey) => [.. Enumerable.Repeat(grey, count)];
        Fingerprint[] images =
        [
            .. Enumerable.Range(0, 20).Select(i => new Fingerprint(128, 128, Plain(128 * 128, (byte)(i * 12)))),
            .. Enumerable.Range(0, 20).Select(i => new Fingerprint(1, 1, [(byte)i])),
            .. Enumerable.Range(1, 20).Select(i => new Fingerprint(128, 1 + (i / 10), Noise(128 * (1 + (i / 10))))),
            .. Enumerable.Range(1, 20).Select(i => new Fingerprint(1 + (i / 10), 128, Noise(128 * (1 + (i / 10))))),
            .. Enumerable.Range(1, 5).Select(i => new Fingerprint(i, i, Noise(i * i))),
            Fingerprint.Nothing,
        ];

        var report = CopyFinder.Find(
            [.. images.Select((image, i) => new CopyCandidate($"{i}", $"{i:00}", image))], null, Cancel);

        Assert.Empty(report.Groups);
    }

    [Theory]
    [InlineData(0.6)]
    [InlineData(1.8)]
    public void A_head_that_changes_step_by_step_stays_in_small_groups(double step)
    {
        const int Count = 200;
        var head = new DrawnHead(8);
        var images = Enumerable.Range(0, Count).AsParallel().AsOrdered().Select(i => new CopyCandidate(
            $"{i:000}", $"{i * 7919 % Count:000}", head.Fingerprint(moved: step * i))).ToList();
        CopyReport Pair(int first, int second) => CopyFinder.Find([images[first], images[second]], null, Cancel);

        var report = CopyFinder.Find(images, null, Cancel);

        // Neighbours are copies by their pixels, so that a chain would reach from the first to the last.
        Assert.All(Enumerable.Range(0, 20), i => Assert.Single(Pair(i * 9, (i * 9) + 1).Groups));
        Assert.Empty(Pair(0, Count - 1).Groups);
        int largest = report.Groups.Max(group => group.Images.Count);
        output.WriteLine($"{report.Groups.Count} groups, the largest of {largest}");
        Assert.InRange(largest, 2, 40);
    }

    /// <summary>Of each head three pictures: as it is, turned and mirrored.</summary>
    private static List<CopyCandidate> Heads(int count)
    {
        var disc = new CopyFrame(63.5, 63.5, 50);
        Alignment?[] ways = [null, Alignment.Of(disc, disc, 0.2, false), Alignment.Of(disc, disc, Math.PI, true)];
        return [.. from head in Enumerable.Range(0, count)
                   from way in Enumerable.Range(0, ways.Length)
                   select new CopyCandidate(
                       $"{head}/{way}", $"{((head * 3) + way) * 17 % 101:000}",
                       new DrawnHead(head + 100).Fingerprint(ways[way]))];
    }

    private static string Text(CopyReport report) => string.Join('\n', [
        .. report.Groups.Select(group => $"{group.Id} {string.Join(' ', group.Images)}"),
        .. report.Pairs.Select(pair => string.Create(
            CultureInfo.InvariantCulture, $"{pair.First} {pair.Second} {pair.Similarity:R} {pair.Change}"))]);
}
