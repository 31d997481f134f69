using System.Security.Cryptography;
using Gyrus.Data.Examining;
using Gyrus.Data.Manifests;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Data.Tests.Examining;

public sealed class DatasetExaminationTests : IDisposable
{
    private static readonly string[] Samples =
        [.. Directory.EnumerateFiles(Path.Combine(TestFiles.Root, "samples"), "*.png").Order(StringComparer.Ordinal)];

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_the_cache_knows_is_not_computed_again()
    {
        Examine(Samples);
        // What stands in the cache under a hash is believed: bytes that are no image are not decoded.
        var path = folder.File("no-image.png");
        File.WriteAllText(path, "no image");
        Assert.Single(Examine(path).Unreadable);
        var known = Examine(Samples[0]).Images[0].Facts;
        using (var cache = FactsCache.Open(folder.File("cache")))
        {
            cache.Add(known with
            {
                Sha256 = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))),
            });
            cache.Flush();
        }

        var again = Examine(path);

        Assert.Empty(again.Unreadable);
        Assert.Equal(known.Fingerprint.Pixels, Assert.Single(again.Images).Facts.Fingerprint.Pixels);
    }

    [Fact]
    public void A_file_that_changed_is_computed_anew()
    {
        var path = folder.File("scan.png");
        File.Copy(Samples[0], path);
        var before = Examine(path).Images[0].Facts;
        File.Copy(Samples[1], path, overwrite: true);

        var after = Examine(path).Images[0].Facts;

        Assert.NotEqual(before.Sha256, after.Sha256);
        Assert.NotEqual(before.Fingerprint.Pixels, after.Fingerprint.Pixels);
    }

    [Fact]
    public void What_was_computed_before_a_cancellation_is_kept()
    {
        using var stop = new CancellationTokenSource();
        int seen = 0;
        var progress = new Told(_ =>
        {
            if (Interlocked.Increment(ref seen) == 2) stop.Cancel();
        });

        Assert.ThrowsAny<OperationCanceledException>(
            () => Examine([.. Samples, .. Samples, .. Samples], progress, stop.Token));

        using var cache = FactsCache.Open(folder.File("cache"));
        Assert.Contains(Samples, sample =>
            cache.Find(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(sample)))) is not null);
    }

    [Fact]
    public void Copies_are_found_from_the_cache_as_from_the_files()
    {
        var cold = Examine(Samples).FindCopies(null, TestContext.Current.CancellationToken);
        var warm = Examine(Samples).FindCopies(null, TestContext.Current.CancellationToken);

        Assert.Equal(cold.Groups.Select(group => group.Id), warm.Groups.Select(group => group.Id));
        Assert.Equal(cold.Pairs, warm.Pairs);
    }

    private Gyrus.Data.Examining.Examination Examine(params IReadOnlyList<string> paths) =>
        Examine(paths, null, TestContext.Current.CancellationToken);

    private Gyrus.Data.Examining.Examination Examine(
        IReadOnlyList<string> paths, IProgress<WorkProgress>? progress, CancellationToken cancellation) =>
        DatasetExamination.Run(
            [.. paths.Select((path, i) => new SourceImage($"{i}", path, null, Split.None))], [], 0,
            folder.File("cache"), progress, cancellation);

    private sealed class Told(Action<WorkProgress> told) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => told(value);
    }
}
