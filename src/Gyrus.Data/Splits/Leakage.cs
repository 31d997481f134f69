using Gyrus.Data.Copies;
using Gyrus.Data.Manifests;

namespace Gyrus.Data.Splits;

/// <summary>Finds copies on both sides of a split.</summary>
public static class Leakage
{
    /// <summary>Finds the images whose copies are on another side.</summary>
    /// <param name="images">The images; each path once.</param>
    /// <param name="groups">The groups of copies among them.</param>
    public static LeakageReport Find(IReadOnlyList<PlacedImage> images, IReadOnlyList<CopyGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(groups);
        var byPath = images.ToDictionary(image => image.Path);
        var copies = groups.Select(group => group.Images.Select(path => byPath[path]).ToList()).ToList();
        List<string> Beside(Func<PlacedImage, bool> judged, Func<PlacedImage, bool> beside) =>
            [.. copies.Where(group => group.Any(beside)).SelectMany(group => group).Where(judged)
                .Select(image => image.Path).Order(StringComparer.Ordinal)];
        var leaked = Beside(image => image.Split is Split.Val or Split.Test, image => image.Split == Split.Train);
        return new LeakageReport(
            leaked,
            Count(images, leaked.ToHashSet()),
            Beside(image => image.Split == Split.Test, image => image.Split == Split.Val),
            [.. copies.Where(group => group.Select(image => image.Fold).OfType<int>().Distinct().Count() > 1)
                .SelectMany(group => group).Select(image => image.Path).Order(StringComparer.Ordinal)]);
    }

    private static List<LeakageCount> Count(IReadOnlyList<PlacedImage> images, HashSet<string> leaked) =>
        [.. images.Where(image => image.Split is Split.Val or Split.Test)
            .GroupBy(image => (image.Label, image.Split))
            .OrderBy(place => place.Key.Label is null).ThenBy(place => place.Key.Label, StringComparer.Ordinal)
            .ThenBy(place => place.Key.Split)
            .Select(place => new LeakageCount(
                place.Key.Label, SplitNames.Name(place.Key.Split), place.Count(),
                place.Count(image => leaked.Contains(image.Path))))];
}
