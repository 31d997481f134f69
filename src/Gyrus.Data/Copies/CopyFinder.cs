using System.Security.Cryptography;
using System.Text;

namespace Gyrus.Data.Copies;

/// <summary>
/// Finds copies, exact and changed: turned, mirrored, resized, compressed again, brighter or darker, cropped or with a
/// margin, drawn over at a corner. Candidates come from an index; each is then laid on the other and compared by pixels.
/// </summary>
public static class CopyFinder
{
    private const int IdLength = 12;

    /// <summary>Finds the copies among images.</summary>
    /// <param name="images">The images; each path once.</param>
    /// <param name="progress">Told of each step.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static CopyReport Find(
        IReadOnlyList<CopyCandidate> images, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(images);
        // In the order of their hashes, so that the order of the images changes nothing.
        var distinct = images.GroupBy(image => image.Sha256).OrderBy(copies => copies.Key, StringComparer.Ordinal)
            .Select(copies => copies.OrderBy(image => image.Path, StringComparer.Ordinal).ToList()).ToList();
        var (groups, links) = Near([.. distinct.Select(copies => copies[0].Fingerprint)], progress, cancellation);
        var joined = groups.SelectMany(group => group).ToHashSet();
        var all = groups.Select(group => group.SelectMany(place => distinct[place]).ToList())
            .Concat(distinct.Where((copies, place) => copies.Count > 1 && !joined.Contains(place)));
        var exact = distinct.SelectMany(copies => copies.Skip(1).Select(
            copy => new CopyPair(copies[0].Path, copy.Path, 1, "the same bytes")));
        var near = links.Select(link => new CopyPair(
            distinct[link.First][0].Path, distinct[link.Second][0].Path, link.Similarity, link.Map.InWords()));
        return new CopyReport(
            [.. all.Select(Group).OrderByDescending(group => group.Images.Count)
                .ThenBy(group => group.Images[0], StringComparer.Ordinal)],
            [.. exact, .. near]);
    }

    private static CopyGroup Group(IReadOnlyList<CopyCandidate> copies)
    {
        var hashes = copies.Select(copy => copy.Sha256).Distinct().Order(StringComparer.Ordinal).ToList();
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join('\n', hashes))));
        return new CopyGroup(
            id[..IdLength], [.. copies.Select(copy => copy.Path).Order(StringComparer.Ordinal)], hashes.Count == 1);
    }

    private static (List<IReadOnlyList<int>> Groups, List<CopyLink> Links) Near(
        IReadOnlyList<Fingerprint> fingerprints, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        int count = fingerprints.Count;
        var options = new ParallelOptions { CancellationToken = cancellation };
        var views = new CopyView[count];
        Parallel.For(0, count, options, i => views[i] = CopyView.Of(fingerprints[i].Picture()));
        var search = new CandidateSearch(views);
        var candidates = new IReadOnlyList<CopyCandidatePair>[count];
        int done = 0;
        Parallel.For(0, count, options, () => new CandidateSearch.Scratch(count), (i, _, scratch) =>
        {
            candidates[i] = search.Find(i, scratch);
            progress?.Report(new WorkProgress("likely copies", Interlocked.Increment(ref done), count));
            return scratch;
        }, _ => { });

        var groups = new CopyLinks(count, (first, second) => Compare(search.Pair(first, second)) is not null);
        var links = new List<CopyLink>();
        var compared = new HashSet<(int, int)>();
        int rounds = candidates.Length == 0 ? 0 : candidates.Max(list => list.Count);
        for (int round = 0; round < rounds; round++)
        {
            // What is joined by now need not be compared again: most of the work is saved in large groups.
            var pairs = candidates.Where(list => list.Count > round).Select(list => list[round])
                .Where(pair => !groups.AreJoined(pair.First, pair.Second)
                    && compared.Add((Math.Min(pair.First, pair.Second), Math.Max(pair.First, pair.Second))))
                .ToList();
            var found = new CopyLink?[pairs.Count];
            Parallel.For(0, pairs.Count, options, i => found[i] = Compare(pairs[i]));
            foreach (var link in found.OfType<CopyLink>().OrderByDescending(link => link.Similarity))
            {
                cancellation.ThrowIfCancellationRequested();
                if (groups.Join(link)) links.Add(link);
            }
            progress?.Report(new WorkProgress("comparing pixels", round + 1, rounds));
        }
        return ([.. groups.Groups()], links);

        CopyLink? Compare(CopyCandidatePair pair) =>
            CopyVerifier.Compare(views[pair.First].Pyramid, views[pair.Second].Pyramid, pair.Maps)
                is var (agreement, map) ? new CopyLink(pair.First, pair.Second, agreement.Similarity, map) : null;
    }
}
