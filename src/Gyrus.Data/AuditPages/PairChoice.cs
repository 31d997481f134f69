using Gyrus.Data.Audit;
using Gyrus.Data.Copies;
using Gyrus.Data.Examining;

namespace Gyrus.Data.AuditPages;

/// <summary>A pair of copies to be shown.</summary>
/// <param name="Left">The one.</param>
/// <param name="Right">The other.</param>
/// <param name="Note">What turns the one into the other.</param>
internal sealed record ChosenPair(ExaminedImage Left, ExaminedImage Right, string Note);

/// <summary>Chooses the pairs to be shown for groups of copies.</summary>
internal sealed class PairChoice
{
    private readonly Dictionary<string, ExaminedImage> _images;
    private readonly ILookup<string, CopyPair> _pairs;

    public PairChoice(AuditReport report)
    {
        _images = report.Examined.ToDictionary(image => image.Path);
        var groups = report.Groups.SelectMany(group => group.Images.Select(path => (path, group.Id)))
            .ToDictionary(image => image.path, image => image.Id);
        _pairs = report.Pairs.ToLookup(pair => groups.GetValueOrDefault(pair.First, ""));
    }

    /// <summary>A pair of a group of which <paramref name="wanted"/> holds, seen to be copies if there is one such, else
    /// copies by way of others; null where there is none.</summary>
    public ChosenPair? Choose(AuditGroup group, Func<ExaminedImage, ExaminedImage, bool> wanted)
    {
        foreach (var pair in _pairs[group.Id])
        {
            var (first, second) = (_images[pair.First], _images[pair.Second]);
            if (wanted(first, second)) return new ChosenPair(first, second, Note(first, second, pair, "→"));
            if (wanted(second, first)) return new ChosenPair(second, first, Note(first, second, pair, "←"));
        }
        var members = group.Images.Select(path => _images[path]).ToList();
        foreach (var left in members)
        {
            if (members.Find(right => right != left && wanted(left, right)) is { } right)
                return new ChosenPair(left, right, Same(left, right) ?? "copies by way of others");
        }
        return null;
    }

    private static string Note(ExaminedImage first, ExaminedImage second, CopyPair pair, string arrow) =>
        Same(first, second)
        // Cut and not rounded: 1.000 is said where every pixel is the same.
        ?? FormattableString.Invariant(
            $"{arrow} {pair.Change}, similarity {Math.Floor(pair.Similarity * 1000) / 1000:0.000}");

    private static string? Same(ExaminedImage left, ExaminedImage right) =>
        left.Facts.Sha256 == right.Facts.Sha256 ? "the same, byte for byte" : null;
}
