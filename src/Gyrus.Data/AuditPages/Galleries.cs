using Gyrus.Data.Audit;
using Gyrus.Data.Examining;
using Gyrus.Data.Manifests;
using Gyrus.Data.Pages;

namespace Gyrus.Data.AuditPages;

/// <summary>The galleries of the page.</summary>
internal sealed class Galleries(AuditReport report)
{
    private const int MostPairs = 24;
    private const int MostExact = 8;
    private const int MostShots = 24;
    private const int MostOdd = 12;
    private const int LargestGroups = 3;
    private const int LargeGroup = 6;
    private const int MostKinds = 16;
    private const int ShotsOfKind = 6;

    private readonly Thumbnails _thumbnails = new();
    private readonly PairChoice _choice = new(report);
    private readonly Dictionary<string, ExaminedImage> _images = report.Examined.ToDictionary(image => image.Path);

    /// <summary>Copies across the parts: training left, validation or test right.</summary>
    public PageGallery? Leakage() => Pairs(
        "Left from the training part, right its copy among those to be judged on",
        report.Groups, MostPairs, "leakage",
        (left, right) => left.Split == Split.Train && right.Split is Split.Val or Split.Test,
        pair => Words.Label(pair.Right.Label));

    /// <summary>Copies with two labels.</summary>
    public PageGallery? Conflicts() => Pairs(
        "The same scan, two labels", report.Conflicts, MostPairs, "conflicts",
        (left, right) => left.Label is not null && right.Label is not null
            && string.CompareOrdinal(left.Label, right.Label) < 0,
        pair => $"{pair.Left.Label} {pair.Right.Label}");

    /// <summary>Copies that are not the same file.</summary>
    public PageGallery? Near() => Pairs(
        "Near copies", [.. report.Groups.Where(group => !group.Exact)], MostPairs, "groups",
        (left, right) => left.Facts.Sha256 != right.Facts.Sha256,
        pair => string.Concat(pair.Note.Where(char.IsLetter)));

    /// <summary>Copies that are the same file.</summary>
    public PageGallery? Exact() => Pairs(
        "Exact copies", [.. report.Groups.Where(group => group.Exact)], MostExact, "groups",
        (_, _) => true, pair => Words.Label(pair.Left.Label));

    /// <summary>Some images of each of the largest groups, where there are large ones.</summary>
    public IEnumerable<PageGallery?> Largest() => report.Groups.Take(LargestGroups)
        .Where(group => group.Images.Count >= LargeGroup)
        .Select(group => Shots(
            $"A group of {Words.Images(group.Images.Count)}", group.Images, LargeGroup, $"groups, {group.Id},"));

    /// <summary>Some images of each of the most frequent kinds.</summary>
    public IEnumerable<PageGallery?> KindsOfImage() => report.Acquisition.Kinds.Take(MostKinds).Select(kind => Shots(
        $"Kind {kind.Name}: {KindWords.Counts(kind.Labels)}", kind.Images, ShotsOfKind, $"acquisition.kinds, {kind.Name},", byLabel: false));

    /// <summary>Images beside their copies in the other set, under labels that contradict.</summary>
    public PageGallery? Against()
    {
        if (report.Against is not { } against) return null;
        var others = against.Examined.ToDictionary(image => image.Path);
        var shown = Sampling.Spread(against.Contradictions, MostPairs, pair => $"{pair.Label} {pair.OtherLabel}");
        return Gallery(
            "Left the image here, right its copy in the other set",
            [.. shown.Select(pair => new PageCard(
                [_thumbnails.Shot(_images[pair.Path]), _thumbnails.Shot(others[pair.Other])],
                pair.Similarity is { } similarity and < 1
                    ? FormattableString.Invariant($"{pair.Change}, similarity {Math.Floor(similarity * 1000) / 1000:0.000}") : pair.Change,
                Pair: true))],
            against.Contradictions.Count, "pairs", "against.contradictions");
    }

    /// <summary>Images with text, of every label.</summary>
    public PageGallery? Text() =>
        Shots("Writing or drawing outside the head", report.BurnedInText, MostShots, "burnedInText");

    /// <summary>Images of some odd kind.</summary>
    public PageGallery? Odd(string title, IReadOnlyList<string> paths, string place) =>
        Shots(title, paths, MostOdd, place);

    private PageGallery? Pairs(
        string title,
        IReadOnlyList<AuditGroup> groups,
        int most,
        string place,
        Func<ExaminedImage, ExaminedImage, bool> wanted,
        Func<ChosenPair, string> kind)
    {
        var pairs = groups.Select(group => _choice.Choose(group, wanted)).OfType<ChosenPair>().ToList();
        var shown = Sampling.Spread(pairs, most, kind);
        return Gallery(title, [.. shown.Select(pair => new PageCard(
            [_thumbnails.Shot(pair.Left), _thumbnails.Shot(pair.Right)], pair.Note, Pair: true))],
            pairs.Count, "groups", place);
    }

    private PageGallery? Shots(string title, IReadOnlyList<string> paths, int most, string place, bool byLabel = true)
    {
        var images = paths.Select(path => _images[path]).ToList();
        var shown = Sampling.Spread(images, most, image => byLabel ? Words.Label(image.Label) : "");
        return Gallery(
            title, [.. shown.Select(image => new PageCard([_thumbnails.Shot(image)], null, Pair: false))],
            images.Count, "images", place);
    }

    private static PageGallery? Gallery(
        string title, IReadOnlyList<PageCard> cards, int all, string what, string place) =>
        cards.Count == 0 ? null : new PageGallery(title, cards, all == cards.Count ? null
            : $"{Words.Number(cards.Count)} of {Words.Number(all)} {what}; all stand under {place} in audit.json.");
}
