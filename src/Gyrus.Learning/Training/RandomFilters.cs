namespace Gyrus.Learning.Training;

/// <summary>
/// Three layers of small random convolutions with leaky ReLU between them, mixed with the image itself: Ouyang et al. 2022 (GIN), who find that such
/// a network changes contrast and texture and leaves shapes where they are.
/// </summary>
internal sealed class RandomFilters
{
    private const int Channels = 2;
    private const int Reach = 1;
    private const int Taps = ((2 * Reach) + 1) * ((2 * Reach) + 1);
    private const float Leak = 0.01f;

    private readonly float[][] _kernels; // each [out, in, 3, 3]
    private readonly float _share;

    private RandomFilters(float[][] kernels, float share) => (_kernels, _share) = (kernels, share);

    /// <summary>Draws the filters and how much of the image they replace.</summary>
    public static RandomFilters Draw(SeededRandom random)
    {
        float[] Kernel(int inputs, int outputs)
        {
            // Half of the layers look at single pixels: a curve of grey levels; the others at their neighbours too.
            bool single = random.NextDouble() < 0.5;
            var kernel = new float[outputs * inputs * Taps];
            for (int i = 0; i < kernel.Length; i++)
            {
                float weight = Normal(random);
                kernel[i] = single && i % Taps != Taps / 2 ? 0 : weight;
            }
            return kernel;
        }
        float[][] kernels = [Kernel(1, Channels), Kernel(Channels, Channels), Kernel(Channels, 1)];
        return new RandomFilters(kernels, random.NextSingle());
    }

    /// <summary>Filters a plane. The result has the mean and the spread that the plane had where it is not black.</summary>
    /// <param name="plane">[size, size], 0 to 255.</param>
    /// <param name="size">Width and height.</param>
    public void Apply(Span<float> plane, int size)
    {
        var (mean, spread) = Spread(plane, plane);
        if (spread <= 0) return;
        var values = new float[plane.Length];
        for (int i = 0; i < values.Length; i++) values[i] = plane[i] > 0 ? (plane[i] - mean) / spread : 0;
        for (int layer = 0; layer < _kernels.Length; layer++)
        {
            values = Convolve(values, size, _kernels[layer]);
            if (layer == _kernels.Length - 1) break;
            for (int i = 0; i < values.Length; i++) values[i] = values[i] < 0 ? Leak * values[i] : values[i];
        }
        var (drawnMean, drawnSpread) = Spread(values, plane);
        if (drawnSpread <= 0) return;
        for (int i = 0; i < values.Length; i++)
        {
            float drawn = ((values[i] - drawnMean) / drawnSpread * spread) + mean;
            plane[i] += _share * (drawn - plane[i]);
        }
    }

    /// <summary>Mean and standard deviation where a plane is not black.</summary>
    private static (float Mean, float Spread) Spread(ReadOnlySpan<float> values, ReadOnlySpan<float> plane)
    {
        double sum = 0, squares = 0;
        int count = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (plane[i] <= 0) continue;
            sum += values[i];
            squares += (double)values[i] * values[i];
            count++;
        }
        if (count == 0) return (0, 0);
        double mean = sum / count;
        return ((float)mean, (float)Math.Sqrt(Math.Max(0, (squares / count) - (mean * mean))));
    }

    private static float[] Convolve(float[] values, int size, float[] kernel)
    {
        int area = size * size, inputs = values.Length / area, outputs = kernel.Length / (inputs * Taps);
        var result = new float[outputs * area];
        for (int output = 0; output < outputs; output++)
        {
            for (int input = 0; input < inputs; input++)
            {
                var from = values.AsSpan(input * area, area);
                var to = result.AsSpan(output * area, area);
                for (int tap = 0; tap < Taps; tap++)
                {
                    float weight = kernel[(((output * inputs) + input) * Taps) + tap];
                    if (weight != 0) Add(from, to, size, (tap / 3) - Reach, (tap % 3) - Reach, weight);
                }
            }
        }
        return result;
    }

    /// <summary>Adds a plane that is moved by a pixel, times a weight; beyond its edge it is 0.</summary>
    private static void Add(ReadOnlySpan<float> from, Span<float> to, int size, int down, int across, float weight)
    {
        int firstX = Math.Max(0, -across), lastX = Math.Min(size, size - across);
        for (int y = Math.Max(0, -down); y < Math.Min(size, size - down); y++)
        {
            var source = from.Slice(((y + down) * size) + firstX + across, lastX - firstX);
            var target = to.Slice((y * size) + firstX, lastX - firstX);
            for (int x = 0; x < target.Length; x++) target[x] += weight * source[x];
        }
    }

    /// <summary>A normal draw: Box and Muller 1958.</summary>
    private static float Normal(SeededRandom random) => (float)(
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}
