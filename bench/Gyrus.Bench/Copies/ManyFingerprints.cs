using System.Numerics.Tensors;
using Gyrus.Data.Copies;
using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.Grey;

namespace Gyrus.Bench.Copies;

/// <summary>As many fingerprints as are asked for: those of real images, then mixtures of two of them.</summary>
internal sealed class ManyFingerprints
{
    private const int Side = Fingerprint.LongSide;

    private readonly GreyPicture[] pictures;

    public ManyFingerprints(string folder)
    {
        pictures = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(path => Path.GetExtension(path).ToUpperInvariant() is ".JPG" or ".JPEG" or ".PNG")
            .Order(StringComparer.Ordinal).AsParallel().AsOrdered()
            .Select(path => Fingerprint.Of(ScanDecoder.Read(path)).Picture())];
    }

    public int Real => pictures.Length;

    /// <summary>The picture of a fingerprint; past the real ones, two of them over one another.</summary>
    public GreyPicture Picture(int number)
    {
        if (number < pictures.Length) return pictures[number];
        var random = new Random(number);
        var one = pictures[random.Next(pictures.Length)];
        var other = pictures[random.Next(pictures.Length)];
        int share = random.Next(80, 176);
        int right = Side - 1 + random.Next(-16, 17), down = random.Next(-16, 17);
        var pixels = new byte[Side * Side];
        for (int at = 0; at < pixels.Length; at++)
        {
            int x = at % Side, y = at / Side;
            pixels[at] = (byte)(((share * At(one, x, y)) + ((256 - share) * At(other, right - x, y + down))) >> 8);
        }
        return new GreyPicture(Side, Side, pixels);
    }

    /// <summary>The vectors of the whole frames, [count, <see cref="PolarSpectrum.Length"/>]; past the real ones,
    /// two of them and a little noise added.</summary>
    public float[] Vectors(int count)
    {
        const int Length = PolarSpectrum.Length;
        var vectors = new float[count * Length];
        int real = Math.Min(count, pictures.Length);
        Parallel.For(0, real, i =>
            PolarSpectrum.Magnitudes(CopyView.Of(pictures[i]).Spectra[0], vectors.AsSpan(i * Length, Length)));
        Parallel.For(real, count, i =>
        {
            var random = new Random(i);
            var vector = vectors.AsSpan(i * Length, Length);
            TensorPrimitives.Multiply(
                vectors.AsSpan(random.Next(real) * Length, Length), 0.3f + (0.4f * random.NextSingle()), vector);
            TensorPrimitives.Add(vector, vectors.AsSpan(random.Next(real) * Length, Length), vector);
            for (int k = 0; k < Length; k++) vector[k] += 0.04f * (random.NextSingle() - 0.5f);
            TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        });
        return vectors;
    }

    private static int At(GreyPicture picture, int x, int y) =>
        picture.Pixels[(Math.Clamp(y, 0, picture.Height - 1) * picture.Width) + Math.Clamp(x, 0, picture.Width - 1)];
}
