namespace Gyrus.Imaging.Decoding;

/// <summary>Turns 8-bit samples of other kinds into RGB.</summary>
internal static class RgbPixels
{
    /// <summary>Spreads grey, mixes CMYK and flattens alpha over black.</summary>
    /// <param name="samples">[pixels, bands]: grey, RGB or CMYK, then alpha if there is one. Taken over: it is the
    /// result where it is RGB already.</param>
    /// <param name="bands">Samples of a pixel.</param>
    /// <param name="cmyk">Whether the colours are cyan, magenta, yellow and black, each 255 for full ink.</param>
    /// <returns>[pixels, 3].</returns>
    public static byte[] From(byte[] samples, int bands, bool cmyk)
    {
        int colours = cmyk ? 4 : bands >= 3 ? 3 : 1;
        if (bands == 3 && !cmyk) return samples;
        int pixels = samples.Length / bands;
        var rgb = GC.AllocateUninitializedArray<byte>(3 * pixels);
        for (int i = 0; i < pixels; i++)
        {
            var from = samples.AsSpan(i * bands, bands);
            var to = rgb.AsSpan(3 * i, 3);
            switch (colours)
            {
                case 1:
                    to.Fill(from[0]);
                    break;
                case 3:
                    from[..3].CopyTo(to);
                    break;
                default:
                    // Without a profile: the light that the ink lets through, as Pillow does it.
                    for (int k = 0; k < 3; k++) to[k] = Product((byte)(255 - from[k]), (byte)(255 - from[3]));
                    break;
            }
            if (bands == colours) continue;
            for (int k = 0; k < 3; k++) to[k] = Product(to[k], from[colours]);
        }
        return rgb;
    }

    /// <summary>a * b / 255, rounded.</summary>
    private static byte Product(byte a, byte b) => (byte)((a * b + 127) / 255);
}
