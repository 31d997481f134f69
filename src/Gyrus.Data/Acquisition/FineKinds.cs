using Gyrus.Imaging.Acquisition;
using Gyrus.Imaging.Labels;

namespace Gyrus.Data.Acquisition;

/// <summary>
/// Finds many small kinds of image by how the head was imaged, so that one which has one answer alone is not hidden in a larger one that has both. Within a
/// modality images are clustered; a kind is named by the sequence and plane that most of its images are known to have.
/// </summary>
public static class FineKinds
{
    /// <summary>The most kinds of a modality.</summary>
    public const int Most = 24;

    /// <summary>Groups to a kind, on average: with fewer, chance alone gives a kind one answer.</summary>
    public const int GroupsPerKind = 50;

    private const double MostlyKnown = 0.5;

    /// <summary>Finds the kinds; the same seed gives the same ones in whatever order the images are.</summary>
    /// <param name="samples">The images, one or more.</param>
    /// <param name="seed">Decides how clustering starts.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static AcquisitionKinds Find(IReadOnlyList<KindSample> samples, int seed = 1, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var kinds = KindFinder.Empty(samples);
        var modalities = samples.OrderBy(sample => sample.Path, StringComparer.Ordinal)
            .GroupBy(sample => sample.Label is { } label ? LabelNames.ModalityOf(label) : null)
            .OrderBy(modality => modality.Key);
        List<AcquisitionKind> found = [];
        foreach (var modality in modalities)
        {
            var images = modality.ToList();
            int count = Math.Clamp(images.Select(image => image.GroupOrSelf).Distinct().Count() / GroupsPerKind, 1, Most);
            var clusters = KMeans.Fit(images.ConvertAll(image => kinds.Scaled(image.Columns)), count, seed, cancellation);
            found.AddRange(images.Zip(clusters.Of).GroupBy(image => image.Second, image => image.First).OrderBy(kind => kind.Key)
                .Select(kind => new AcquisitionKind(Name([.. kind]), clusters.Centres[kind.Key])));
        }
        return kinds with { Kinds = found };
    }

    private static string Name(IReadOnlyList<KindSample> images)
    {
        var known = images.Where(image => image.SequenceIsKnown).CountBy(image => image.Name).ToList();
        if (known.Count == 0) return "";
        var most = known.MaxBy(name => name.Value);
        return most.Value > MostlyKnown * images.Count ? most.Key : "";
    }
}
