using Gyrus.Imaging.Tensors;
using Gyrus.Inference.Runtime;

namespace Gyrus.Inference.HeatMaps;

/// <summary>
/// Finds what the answer needs by covering it: a square patch moves over the network's input, and the fall of the
/// log-odds is what lies beneath it. Zeiler and Fergus 2014.
/// </summary>
internal sealed class Occlusion(INetwork network, Preprocessing preprocessing, int batchSize) : Explainer
{
    private readonly float[] _batch =
        GC.AllocateUninitializedArray<float>(batchSize * preprocessing.Length, pinned: true);
    private readonly float[] _logits = new float[batchSize * network.Labels.Count];

    /// <inheritdoc/>
    /// <returns>A cell a pixel of the input.</returns>
    public override EvidenceMap Map(
        ReadOnlySpan<float> image, ReadOnlySpan<float> logits, ReadOnlySpan<float> given, EvidenceTarget target)
    {
        int size = preprocessing.Size;
        int side = Side(size);
        var starts = Starts(size);
        var grey = Border(image, size);
        double whole = target.LogOdds(logits);
        var sums = new float[size * size];
        var counts = new int[size * size];
        for (int first = 0; first < starts.Length * starts.Length; first += batchSize)
        {
            int count = Math.Min(batchSize, (starts.Length * starts.Length) - first);
            for (int n = 0; n < count; n++)
            {
                var (y, x) = Math.DivRem(first + n, starts.Length);
                var covered = _batch.AsSpan(n * preprocessing.Length, preprocessing.Length);
                image.CopyTo(covered);
                Cover(covered, size, starts[x], starts[y], side, grey);
            }
            network.Run(_batch, count, _logits);
            for (int n = 0; n < count; n++)
            {
                var (y, x) = Math.DivRem(first + n, starts.Length);
                int labels = network.Labels.Count;
                var fall = (float)(whole - target.LogOdds(_logits.AsSpan(n * labels, labels)));
                for (int row = starts[y]; row < starts[y] + side; row++)
                {
                    for (int at = (row * size) + starts[x]; at < (row * size) + starts[x] + side; at++)
                    {
                        sums[at] += fall;
                        counts[at]++;
                    }
                }
            }
        }
        for (int i = 0; i < sums.Length; i++) sums[i] /= counts[i];
        return new EvidenceMap(size, size, sums) { Label = target.Label };
    }

    /// <summary>The patch's side: a fifth of the input's.</summary>
    internal static int Side(int size) => Math.Max(size / 5, 1);

    /// <summary>Where patches start along an axis: half a patch apart, the last at the far border, so that every pixel is
    /// covered.</summary>
    internal static int[] Starts(int size)
    {
        int last = size - Side(size);
        int step = Math.Max(Side(size) / 2, 1);
        return [.. Enumerable.Range(0, ((last + step - 1) / step) + 1).Select(i => Math.Min(i * step, last))];
    }

    /// <summary>What stands for nothing: each channel's median along the border, which on scans is the background, and
    /// which writing near the border does not move.</summary>
    internal static float[] Border(ReadOnlySpan<float> image, int size)
    {
        var medians = new float[3];
        for (int channel = 0; channel < medians.Length; channel++)
        {
            var plane = image.Slice(channel * size * size, size * size);
            var values = new float[4 * size];
            for (int i = 0; i < size; i++)
            {
                values[4 * i] = plane[i];
                values[(4 * i) + 1] = plane[((size - 1) * size) + i];
                values[(4 * i) + 2] = plane[i * size];
                values[(4 * i) + 3] = plane[(i * size) + size - 1];
            }
            Array.Sort(values);
            medians[channel] = values[values.Length / 2];
        }
        return medians;
    }

    private static void Cover(Span<float> image, int size, int left, int top, int side, float[] value)
    {
        for (int channel = 0; channel < value.Length; channel++)
        {
            for (int y = top; y < top + side; y++)
                image.Slice((((channel * size) + y) * size) + left, side).Fill(value[channel]);
        }
    }
}
