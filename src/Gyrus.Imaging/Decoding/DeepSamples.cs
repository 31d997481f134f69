using System.Numerics;

namespace Gyrus.Imaging.Decoding;

/// <summary>Brings samples of 16 bits to 8. Scanners measure 10, 12 or 14 bits and keep them in 16: by the container's range such an
/// image is black.</summary>
internal static class DeepSamples
{
    /// <summary>The least number of bits that an image is taken to use.</summary>
    private const int LeastBits = 8;

    /// <summary>Keeps the upper eight of the bits that are used: 16 where a sample of 2^14 or more is there, else 14, 12, 10 or 8,
    /// the least that hold the largest.</summary>
    /// <param name="samples">[pixels, bands].</param>
    /// <param name="bands">Samples a pixel; 2 and 4, or 5 with <paramref name="cmyk"/>, have the opacity last.</param>
    /// <param name="cmyk">Whether the colours are cyan, magenta, yellow and black.</param>
    /// <returns>The same, 0 to 255 each.</returns>
    public static byte[] ToBytes(ReadOnlySpan<ushort> samples, int bands, bool cmyk)
    {
        // Opacity is whole in each image that has it, and says nothing of the colours' range.
        bool opacity = cmyk ? bands == 5 : bands is 2 or 4;
        int colours = opacity ? bands - 1 : bands;
        ushort largest = 0;
        for (int i = 0; i < samples.Length; i++)
        {
            if (i % bands < colours) largest = Math.Max(largest, samples[i]);
        }
        int shift = Bits(largest) - 8;
        var bytes = new byte[samples.Length];
        for (int i = 0; i < samples.Length; i++)
            bytes[i] = (byte)(samples[i] >> (i % bands < colours ? shift : 8));
        return bytes;
    }

    /// <summary>Greys in as many steps as they are kept in: of the bits that are used, as above, the largest number is 255.</summary>
    /// <param name="samples">[pixels].</param>
    /// <returns>[pixels], 0 to 255.</returns>
    public static float[] ToLevels(ReadOnlySpan<ushort> samples)
    {
        ushort largest = 0;
        foreach (ushort sample in samples) largest = Math.Max(largest, sample);
        float scale = 255f / ((1 << Bits(largest)) - 1);
        var levels = new float[samples.Length];
        for (int i = 0; i < levels.Length; i++) levels[i] = Math.Min(255, scale * samples[i]);
        return levels;
    }

    private static int Bits(ushort largest)
    {
        int used = 16 - (BitOperations.LeadingZeroCount((uint)largest) - 16);
        return Math.Max(LeastBits, used + (used % 2));
    }
}
