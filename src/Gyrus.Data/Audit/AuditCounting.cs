using Gyrus.Data.Examining;
using Gyrus.Data.Manifests;
using Gyrus.Imaging.Labels;

namespace Gyrus.Data.Audit;

/// <summary>Counts what a data set holds.</summary>
internal static class AuditCounting
{
    /// <summary>Counts images.</summary>
    /// <param name="images">The images.</param>
    /// <param name="copies">The paths of those that are copies of another.</param>
    public static AuditCounts Count(IReadOnlyList<ExaminedImage> images, IReadOnlySet<string> copies) => new(
        [.. images.GroupBy(image => image.Label).OrderBy(label => label.Key is null)
            .ThenBy(label => label.Key, StringComparer.Ordinal).Select(label => Count(label, copies))],
        Names(images.Select(image => Modality(image.Label)).OfType<string>()),
        Names(images.Select(image => image.Facts.Format)),
        Names(images.Select(image => image.Facts.Mode)),
        [.. images.GroupBy(image => (image.Facts.Width, image.Facts.Height))
            .Select(size => new SizeCount(size.Key.Width, size.Key.Height, size.Count()))
            .OrderByDescending(size => size.Images).ThenBy(size => size.Width).ThenBy(size => size.Height)]);

    /// <summary>The modality that a label implies: <c>ct</c>, <c>mri</c>, or null.</summary>
    public static string? Modality(string? label) =>
        label is not null && LabelNames.ModalityOf(label) is { } modality ? modality.ToString().ToLowerInvariant() : null;

    private static LabelCount Count(IGrouping<string?, ExaminedImage> label, IReadOnlySet<string> copies) => new(
        label.Key,
        label.Count(image => image.Split == Split.Train),
        label.Count(image => image.Split == Split.Val),
        label.Count(image => image.Split == Split.Test),
        label.Count(image => image.Split == Split.None),
        label.Count(image => copies.Contains(image.Path)),
        label.Count(image => image.Facts.Surroundings.BurnedInText));

    private static List<NameCount> Names(IEnumerable<string> names) =>
        [.. names.CountBy(name => name).Select(count => new NameCount(count.Key, count.Value))
            .OrderByDescending(count => count.Images).ThenBy(count => count.Name, StringComparer.Ordinal)];
}
