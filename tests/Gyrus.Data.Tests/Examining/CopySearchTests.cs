using System.Security.Cryptography;
using Gyrus.Data.Copies;
using Gyrus.Data.Examining;
using Gyrus.Data.Manifests;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Data.Tests.Examining;

/// <summary>What a split and a check look for copies by.</summary>
public sealed class CopySearchTests : IDisposable
{
    private readonly TempFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Fingerprints_alone_are_made_and_an_audit_still_looks_at_everything()
    {
        var manifest = Samples();
        var search = CopySearch.In(manifest, folder.File("cache"), null, Cancel);

        using (var cache = FactsCache.Open(folder.File("cache")))
        {
            Assert.All(search.Images, image =>
            {
                Assert.Null(cache.Find(image.Sha256));
                Assert.Equal(image.Fingerprint.Pixels, cache.FindFingerprint(image.Sha256)!.Pixels);
            });
        }
        var examination = Examine(manifest);

        Assert.Equal(search.Images.Select(image => image.Sha256), examination.Images.Select(image => image.Facts.Sha256));
        Assert.Equal(
            search.Images.Select(image => image.Fingerprint.Pixels), examination.Images.Select(image => image.Facts.Fingerprint.Pixels));
        Assert.All(examination.Images, image => Assert.NotEmpty(image.Facts.Surroundings.Columns));
    }

    [Fact]
    public void What_an_audit_or_an_earlier_split_kept_is_not_computed_again()
    {
        var path = folder.File("no-image.png");
        File.WriteAllText(path, "no image");
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
        var manifest = new Manifest(folder.Path, [Row(path)]);
        Assert.Single(CopySearch.In(manifest, folder.File("cache"), null, Cancel).Unreadable);
        var kept = new Fingerprint(1, 2, [3, 4]);
        using (var cache = FactsCache.Open(folder.File("cache")))
        {
            cache.Add(sha256, kept);
            cache.Flush();
        }

        var found = Assert.Single(CopySearch.In(manifest, folder.File("cache"), null, Cancel).Images);

        Assert.Equal(sha256, found.Sha256);
        Assert.Equal(kept.Pixels, found.Fingerprint.Pixels);
    }

    [Fact]
    public void Copies_are_those_that_an_audit_finds()
    {
        var manifest = Samples();

        var split = CopySearch.In(manifest, folder.File("one"), null, Cancel).Run(null, Cancel);
        var audit = Examine(manifest).FindCopies(null, Cancel);

        Assert.Equal(audit.Groups.Select(group => group.Id), split.Groups.Select(group => group.Id));
        Assert.Equal(audit.Pairs, split.Pairs);
    }

    private Manifest Samples() => new(folder.Path, [.. Directory
        .EnumerateFiles(Path.Combine(TestFiles.Root, "samples"), "*.png").Order(StringComparer.Ordinal).Select(Row)]);

    private static ManifestRow Row(string path) => new(path, "", "mri_healthy", Split.None, 1, 1, "L", Split.None);

    private Gyrus.Data.Examining.Examination Examine(Manifest manifest) => DatasetExamination.Run(
        [.. manifest.Rows.Select(row => new SourceImage(row.Path, row.Path, row.Label, row.Split))], [], 0,
        folder.File("cache"), null, Cancel);
}
