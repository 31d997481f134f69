using System.Globalization;
using Gyrus.Data.Copies;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Data.Tests.Copies;

/// <summary>What is found among all the images of the published set, and what is not taken for a copy.</summary>
public sealed class CopyRecallTests(PublishedCopies published, ITestOutputHelper output)
    : IClassFixture<PublishedCopies>
{
    private const double LeastPrecision = 0.99;
    private const double LeastRecall = 0.95;

    [Fact]
    public void Find_finds_changed_copies_of_each_kind()
    {
        var groups = PublishedCopies.GroupOf(published.Together);

        var low = new List<string>();
        foreach (var (kind, least) in ChangedCopies.Kinds)
        {
            var made = published.Changed.Where(copy => copy.Kind == kind).ToList();
            int found = made.Count(copy => groups.GetValueOrDefault(copy.Candidate.Path) is { } group
                && groups.GetValueOrDefault(copy.Source) == group);
            var line = string.Create(CultureInfo.InvariantCulture,
                $"{kind}: {found} of {made.Count} found (least {least})");
            output.WriteLine(line);
            if (found < least * made.Count) low.Add(line);
        }
        Assert.Empty(low);
    }

    [Fact]
    public void Find_links_changed_copies_to_their_own_scan()
    {
        var copies = published.Changed.ToDictionary(copy => copy.Candidate.Path, StringComparer.Ordinal);
        string Source(string path) => copies.GetValueOrDefault(path)?.Source ?? path;
        var links = published.Together.Pairs
            .Where(pair => copies.ContainsKey(pair.First) || copies.ContainsKey(pair.Second)).ToList();

        var wrong = links.AsParallel().AsOrdered()
            .Where(pair => !published.AreCopies(Source(pair.First), Source(pair.Second))).ToList();

        foreach (var (kind, _) in ChangedCopies.Kinds)
        {
            bool Touches(CopyPair pair) => copies.GetValueOrDefault(pair.First)?.Kind == kind
                || copies.GetValueOrDefault(pair.Second)?.Kind == kind;
            output.WriteLine($"{kind}: {wrong.Count(Touches)} of {links.Count(Touches)} links lead to another scan");
        }
        foreach (var pair in wrong)
            output.WriteLine($"{pair.Similarity:0.000} {Source(pair.First)} {Source(pair.Second)}");
        Assert.True(links.Count > published.Changed.Count * LeastRecall);
        Assert.InRange(wrong.Count, 0, (1 - LeastPrecision) * links.Count);
    }

    /// <summary>Pairs that were looked at side by side: neighbouring slices of one head, other heads in the same plane,
    /// and copies, among them sharpened, windowed and posterised ones. Drawn from what the index brings together,
    /// whatever its pixels say, and from files with neighbouring numbers.</summary>
    [Fact]
    public void Find_agrees_with_what_was_seen_by_eye()
    {
        var groups = PublishedCopies.GroupOf(published.Together);
        var judged = PairsByEye().Select(pair => (pair.First, pair.Second, pair.Same,
            Found: groups.GetValueOrDefault(pair.First) is { } group && groups.GetValueOrDefault(pair.Second) == group))
            .ToList();

        int found = judged.Count(pair => pair.Found), right = judged.Count(pair => pair.Found && pair.Same);
        int same = judged.Count(pair => pair.Same);
        output.WriteLine($"{judged.Count} pairs, {same} the same: {found} found, {right} of them the same");
        foreach (var pair in judged.Where(pair => pair.Found != pair.Same))
            output.WriteLine($"{(pair.Found ? "taken for copies" : "missed")}: {pair.First}, {pair.Second}");
        Assert.True(same >= 60 && judged.Count - same >= 100);
        Assert.InRange((double)right / found, LeastPrecision, 1);
        Assert.InRange((double)right / same, LeastRecall, 1);
    }

    private static IEnumerable<(string First, string Second, bool Same)> PairsByEye() =>
        from line in File.ReadLines(
            Path.Combine(TestFiles.Root, "tests/Gyrus.Data.Tests/Copies/pairs-by-eye.csv")).Skip(1)
        let cells = line.Split(',')
        select (cells[0], cells[1], cells[2] == "same");
}
