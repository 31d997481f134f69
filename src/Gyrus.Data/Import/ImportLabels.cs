using Gyrus.Imaging.Labels;

namespace Gyrus.Data.Import;

/// <summary>What is known of the labels of a data set that is imported.</summary>
/// <param name="Healthy">The labels that mean healthy, by their names in the manifest; null to tell them by their names.</param>
/// <param name="Modality">The modality of those whose names begin with none; null where it is not known.</param>
/// <param name="Renamed">Names in the source and what they are to be called; several may get one name.</param>
public sealed record ImportLabels(
    IReadOnlyList<string>? Healthy = null, Modality? Modality = null, IReadOnlyDictionary<string, string>? Renamed = null)
{
    internal LabelHints Hints => new(Healthy, Modality);

    internal IReadOnlyList<FoundImage> Rename(IReadOnlyList<FoundImage> images)
    {
        if (Renamed is not { Count: > 0 } renamed) return images;
        var names = images.Select(image => image.Label).ToHashSet(StringComparer.Ordinal);
        if (renamed.Keys.FirstOrDefault(name => !names.Contains(name)) is { } unknown)
        {
            throw new GyrusException(
                $"There is no label '{unknown}' to be renamed. The labels are {string.Join(", ", names.Order(StringComparer.Ordinal))}.");
        }
        return [.. images.Select(image => renamed.TryGetValue(image.Label, out var name) ? image with { Label = name } : image)];
    }
}
