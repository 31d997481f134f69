using System.Security.Cryptography;
using Gyrus.Data.Copies;
using Gyrus.Imaging.Decoding;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Data.Tests.Copies;

/// <summary>The published set's images, changed copies of some, and what was found among them: once for all tests.
/// </summary>
public sealed class PublishedCopies
{
    private const int Seed = 20261;
    private const int CopiesAKind = 200;

    private readonly Lazy<IReadOnlyList<CopyCandidate>> images = new(Images);
    private readonly Lazy<IReadOnlyList<ChangedCopy>> changed = new(() => MakeChanged());
    private readonly Lazy<CopyReport> together;
    private readonly Lazy<Dictionary<string, Fingerprint>> fingerprints;

    public PublishedCopies()
    {
        together = new(() => CopyFinder.Find(
            [.. images.Value, .. changed.Value.Select(copy => copy.Candidate)], null,
            TestContext.Current.CancellationToken));
        fingerprints = new(() => images.Value.ToDictionary(
            image => image.Path, image => image.Fingerprint, StringComparer.Ordinal));
    }

    /// <summary>The changed copies, 200 a kind.</summary>
    public IReadOnlyList<ChangedCopy> Changed => changed.Value;

    /// <summary>What is found among the set's images and the changed copies.</summary>
    public CopyReport Together => together.Value;

    /// <summary>Whether two images of the set are copies by themselves, whatever lies between them.</summary>
    public bool AreCopies(string first, string second)
    {
        if (first == second) return true;
        CopyView[] views = [.. new[] { first, second }.Select(path => CopyView.Of(fingerprints.Value[path].Picture()))];
        var search = new CandidateSearch(views);
        return CopyVerifier.Compare(views[0].Pyramid, views[1].Pyramid, search.Pair(0, 1).Maps) is not null
            || CopyVerifier.Compare(views[1].Pyramid, views[0].Pyramid, search.Pair(1, 0).Maps) is not null;
    }

    /// <summary>The group of each image that is in one.</summary>
    public static Dictionary<string, string> GroupOf(CopyReport report) => report.Groups
        .SelectMany(group => group.Images.Select(image => (image, group.Id)))
        .ToDictionary(image => image.image, image => image.Id, StringComparer.Ordinal);

    private static IReadOnlyList<string> Paths() =>
        [.. File.ReadLines(Path.Combine(TestFiles.Scans(), "published-split.csv")).Skip(1)
            .Select(line => line.Split(',')[0])];

    private static IReadOnlyList<CopyCandidate> Images()
    {
        var root = TestFiles.Scans();
        return [.. Paths().AsParallel().AsOrdered().Select(path =>
        {
            var bytes = ScanDecoder.ReadBytes(Path.Combine(root, path));
            return new CopyCandidate(path, Sha256(bytes), Fingerprint.Of(ScanDecoder.Decode(path, bytes)));
        })];
    }

    private static IReadOnlyList<ChangedCopy> MakeChanged()
    {
        var root = TestFiles.Scans();
        var paths = Paths();
        var random = new Random(Seed);
        // Sources and seeds are drawn before the work is shared out, so that it changes nothing who does what.
        var plan = (from kind in ChangedCopies.Kinds
                    from number in Enumerable.Range(0, CopiesAKind)
                    select (kind.Kind, number, Source: paths[random.Next(paths.Count)], Seed: random.Next())).ToList();
        return [.. plan.AsParallel().AsOrdered().Select(copy =>
        {
            var bytes = ScanDecoder.ReadBytes(Path.Combine(root, copy.Source));
            var scan = ScanDecoder.Decode(copy.Source, bytes);
            bool exact = copy.Kind == ChangedCopies.Exact;
            var made = exact ? scan : ChangedCopies.Make(scan, copy.Kind, new Random(copy.Seed));
            return new ChangedCopy(copy.Kind, copy.Source, new CopyCandidate(
                $"{copy.Kind}/{copy.number}", Sha256(exact ? bytes : made.Rgb), Fingerprint.Of(made)));
        })];
    }

    private static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
