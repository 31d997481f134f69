using Gyrus.Imaging.Acquisition;
using Gyrus.Imaging.Labels;

namespace Gyrus.Data.Acquisition;

/// <summary>
/// Finds kinds of image by how the head was imaged. Where the data set says sequences, they are the kinds, by plane where that is said too;
/// else images of one modality are clustered, which gives letters and no names.
/// </summary>
internal static class KindFinder
{
    private const double LeastScale = 1e-4;

    /// <summary>The share of images whose sequence must be said for kinds to go by it.</summary>
    private const double MostlyKnown = 0.5;

    /// <summary>Finds the kinds by the sequences that are said; null where those of most images are not.</summary>
    public static AcquisitionKinds? BySequence(IReadOnlyList<KindSample> samples)
    {
        var known = samples.Where(sample => sample.SequenceIsKnown).ToList();
        if (samples.Count == 0 || known.Count < MostlyKnown * samples.Count) return null;
        var kinds = Empty(samples);
        return kinds with
        {
            Kinds = [.. known.GroupBy(sample => sample.Name).OrderByDescending(kind => kind.Count()).ThenBy(kind => kind.Key, StringComparer.Ordinal)
                .Select(kind => new AcquisitionKind(kind.Key, Mean([.. kind.Select(sample => kinds.Scaled(sample.Columns))])))],
        };
    }

    /// <summary>Finds the kinds by clustering; the same seed gives the same ones in whatever order the images are.</summary>
    public static AcquisitionKinds ByLikeness(IReadOnlyList<KindSample> samples, int seed, CancellationToken cancellation)
    {
        var kinds = Empty(samples);
        var clusters = samples.OrderBy(sample => sample.Path, StringComparer.Ordinal)
            .GroupBy(sample => sample.Label is null ? null : LabelNames.ModalityOf(sample.Label))
            .OrderBy(modality => modality.Key).SelectMany(modality => Clusters([.. modality.Select(sample => kinds.Scaled(sample.Columns))], seed, cancellation));
        return kinds with
        {
            Kinds = [.. clusters.OrderByDescending(cluster => cluster.Count)
                .Select((cluster, place) => new AcquisitionKind(Letter(place), cluster.Centre))],
        };
    }

    /// <summary>No kinds yet, with the means and scales of the images' numbers.</summary>
    public static AcquisitionKinds Empty(IReadOnlyList<KindSample> samples)
    {
        int count = AcquisitionColumns.SequenceCount;
        var means = new float[count];
        var scales = new float[count];
        for (int j = 0; j < count; j++)
        {
            double mean = samples.Average(sample => (double)sample.Columns[j]);
            means[j] = (float)mean;
            scales[j] = (float)Math.Max(LeastScale, Math.Sqrt(samples.Average(sample => Math.Pow(sample.Columns[j] - mean, 2))));
        }
        return new AcquisitionKinds([], means, scales);
    }

    private static IEnumerable<(float[] Centre, int Count)> Clusters(List<float[]> points, int seed, CancellationToken cancellation)
    {
        var clusters = KMeans.Fit(points, StableCount.Of(points, seed, cancellation), seed, cancellation);
        return clusters.Centres.Select((centre, k) => (centre, clusters.Of.Count(of => of == k))).Where(cluster => cluster.Item2 > 0);
    }

    private static float[] Mean(List<float[]> points) =>
        [.. Enumerable.Range(0, points[0].Length).Select(j => (float)points.Average(point => (double)point[j]))];

    private static string Letter(int place) => place < 26 ? $"{(char)('A' + place)}" : $"{(char)('A' + place % 26)}{place / 26 + 1}";
}
