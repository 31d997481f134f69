using Gyrus.Data.Copies;
using Gyrus.Data.Examining;

namespace Gyrus.Data.Audit;

/// <summary>Finds copies across two data sets, by the search that finds them in one.</summary>
internal static class AgainstSearch
{
    /// <summary>Finds the copies and what their labels say.</summary>
    /// <param name="source">The other set, as it was named.</param>
    /// <param name="here">The images of the audited set.</param>
    /// <param name="there">The images of the other.</param>
    /// <param name="progress">Told of each step.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static AgainstReport Run(
        string source, IReadOnlyList<ExaminedImage> here, IReadOnlyList<ExaminedImage> there, IProgress<WorkProgress>? progress,
        CancellationToken cancellation)
    {
        // Both sets may use one path for two images: places tell them apart.
        ExaminedImage[] all = [.. here, .. there];
        var copies = CopyFinder.Find(
            [.. all.Select((image, place) => new CopyCandidate(Name(place), image.Facts.Sha256, image.Facts.Fingerprint))], progress, cancellation);
        var links = copies.Pairs.Select(pair => (First: Place(pair.First), Second: Place(pair.Second), Pair: pair))
            .SelectMany(link => ((int, int, CopyPair)[])[(link.First, link.Second, link.Pair), (link.Second, link.First, link.Pair)])
            .GroupBy(link => (link.Item1, link.Item2)).ToDictionary(link => link.Key, link => link.First().Item3);
        var meeting = new LabelMeeting(all.Select(image => image.Label).OfType<string>());
        var met = copies.Groups.Select(group => group.Images.Select(Place).ToList())
            .SelectMany(group => group.Where(place => place < here.Count).Select(place => (Here: place, There: group.Where(other => other >= here.Count).ToList())))
            .Where(image => image.There.Count > 0).OrderBy(image => image.Here).ToList();
        return new AgainstReport(
            source, there.Count, [.. met.Select(image => all[image.Here].Path)],
            [.. met.SelectMany(image => image.There.Select(other => (Here: all[image.Here].Label, There: all[other].Label)).Distinct())
                .Where(labels => labels.Here is not null && labels.There is not null).CountBy(labels => labels)
                .Select(count => new LabelsMet(count.Key.Here!, count.Key.There!, count.Value, meeting.Contradict(count.Key.Here!, count.Key.There!)))
                .OrderByDescending(count => count.Contradict).ThenByDescending(count => count.Images).ThenBy(count => count.Here, StringComparer.Ordinal)
                .ThenBy(count => count.There, StringComparer.Ordinal)],
            [.. met.Select(image => Contradict(all, image.Here, image.There, links, meeting)).OfType<Contradiction>()])
        {
            Examined = there,
        };
    }

    private static Contradiction? Contradict(
        ExaminedImage[] all, int here, List<int> there, Dictionary<(int, int), CopyPair> links, LabelMeeting meeting)
    {
        if (all[here].Label is not { } label) return null;
        var others = there.Where(other => all[other].Label is { } known && meeting.Contradict(label, known)).ToList();
        if (others.Count == 0) return null;
        var other = others.OrderByDescending(other => links.GetValueOrDefault((here, other))?.Similarity ?? -1).First();
        var link = links.GetValueOrDefault((here, other));
        bool same = all[here].Facts.Sha256 == all[other].Facts.Sha256;
        return new Contradiction(
            all[here].Path, label, all[other].Path, all[other].Label!, same ? 1 : link?.Similarity,
            same ? "the same bytes" : link?.Change ?? "copies by way of others");
    }

    private static string Name(int place) => place.ToString("D9", System.Globalization.CultureInfo.InvariantCulture);

    private static int Place(string name) => int.Parse(name, System.Globalization.CultureInfo.InvariantCulture);
}
