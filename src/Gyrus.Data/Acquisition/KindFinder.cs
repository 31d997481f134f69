using Gyrus.Imaging.Acquisition;

namespace Gyrus.Data.Acquisition;

/// <summary>Takes kinds of image from the sequences that a data set says, by plane where that is said too.</summary>
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

    private static float[] Mean(List<float[]> points) =>
        [.. Enumerable.Range(0, points[0].Length).Select(j => (float)points.Average(point => (double)point[j]))];
}
