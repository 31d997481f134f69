namespace Gyrus.Dicom.Pixels;

/// <summary>Brightness and two differences of colour: PS3.3 section C.7.6.3.1.2, after ITU-R BT.601.</summary>
internal static class Ybr
{
    /// <summary>Turns them into red, green and blue.</summary>
    /// <param name="samples">[pixels, 3], changed in place.</param>
    /// <param name="layout">How many bits count.</param>
    public static void ToRgb(Span<ushort> samples, PixelLayout layout)
    {
        int largest = (1 << layout.BitsStored) - 1;
        double middle = 1 << (layout.BitsStored - 1);
        for (int i = 0; i + 2 < samples.Length; i += 3)
        {
            double y = samples[i], blue = samples[i + 1] - middle, red = samples[i + 2] - middle;
            samples[i] = Rounded(y + (1.402 * red), largest);
            samples[i + 1] = Rounded(y - (0.344136 * blue) - (0.714136 * red), largest);
            samples[i + 2] = Rounded(y + (1.772 * blue), largest);
        }
    }

    private static ushort Rounded(double value, int largest) => (ushort)Math.Clamp(Math.Floor(value + 0.5), 0, largest);
}
