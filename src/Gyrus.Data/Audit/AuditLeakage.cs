namespace Gyrus.Data;

/// <summary>How many images of a part have a copy in the training part, of one label.</summary>
/// <param name="Label">The label; null for the images without one.</param>
/// <param name="Part"><c>val</c> or <c>test</c>.</param>
/// <param name="Images">Images of the label in the part.</param>
/// <param name="Leaked">Those of them that have a copy in the training part.</param>
public sealed record LeakageCount(string? Label, string Part, int Images, int Leaked);

/// <summary>Leakage, path by path and by label.</summary>
internal static class AuditLeakage
{
    /// <summary>The images in the validation or test part that have a copy in the training part.</summary>
    public static List<string> Paths(IReadOnlyList<ExaminedImage> images, IReadOnlyList<CopyGroup> groups)
    {
        var parts = images.ToDictionary(image => image.Path, image => image.Split);
        return [.. groups.Where(group => group.Images.Any(path => parts[path] == Split.Train))
            .SelectMany(group => group.Images).Where(path => parts[path] is Split.Val or Split.Test)
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>The same, counted.</summary>
    public static List<LeakageCount> Count(IReadOnlyList<ExaminedImage> images, IReadOnlySet<string> leaked) =>
        [.. images.Where(image => image.Split is Split.Val or Split.Test)
            .GroupBy(image => (image.Label, image.Split))
            .OrderBy(place => AuditCounting.Rank(place.Key.Label)).ThenBy(place => place.Key.Label, StringComparer.Ordinal)
            .ThenBy(place => place.Key.Split)
            .Select(place => new LeakageCount(
                place.Key.Label, SplitNames.Name(place.Key.Split), place.Count(),
                place.Count(image => leaked.Contains(image.Path))))];
}
