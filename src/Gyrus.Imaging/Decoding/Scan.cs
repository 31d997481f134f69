namespace Gyrus.Imaging.Decoding;

/// <summary>A decoded image, upright, whatever the file held: 8-bit RGB, and its greys as finely as the file gives them.</summary>
/// <param name="Width">Pixels across, after the file's EXIF orientation was applied.</param>
/// <param name="Height">Pixels down, after the file's EXIF orientation was applied.</param>
/// <param name="Mode">What the file held: <c>L</c>, <c>LA</c>, <c>RGB</c>, <c>RGBA</c>, <c>P</c> (palette), <c>CMYK</c>,
/// with <c>;16</c> behind it where a sample has 16 bits.</param>
/// <param name="Format">The name of the format found in the content (<see cref="ImageFormats"/>), such as <c>png</c>.</param>
/// <param name="Rgb">[Height, Width, 3], row by row, 0 to 255.</param>
public sealed record Scan(int Width, int Height, string Mode, string Format, byte[] Rgb)
{
    /// <summary>[Height, Width, 3], row by row, 0 to 255. Other pixels have no <see cref="Levels"/> until they are given some.</summary>
    public byte[] Rgb
    {
        get;
        init
        {
            field = value;
            Levels = null;
        }
    } = Rgb;

    /// <summary>[Height, Width]: the greys that <see cref="Rgb"/> has in whole numbers, 0 to 255, as a network is to see them; null where the file holds 8 bits a sample, or
    /// colours.</summary>
    public float[]? Levels { get; init; }

    /// <summary>An image that another program has decoded, such as a browser. What is transparent is laid over black, as with files.</summary>
    /// <param name="width">Pixels across.</param>
    /// <param name="height">Pixels down.</param>
    /// <param name="format">The name of its format.</param>
    /// <param name="rgba">[height, width, 4], 0 to 255, the colours not multiplied by alpha.</param>
    /// <exception cref="ArgumentException">There are not as many samples as the size needs.</exception>
    public static Scan OfRgba(int width, int height, string format, byte[] rgba)
    {
        ArgumentNullException.ThrowIfNull(rgba);
        if (rgba.Length != 4L * width * height) throw new ArgumentException($"{rgba.Length} samples are not {width} x {height} pixels of four.", nameof(rgba));
        return new(width, height, "RGBA", format, RgbPixels.From(rgba, bands: 4, cmyk: false));
    }

    /// <summary>A grey image of more than 256 greys.</summary>
    /// <param name="width">Pixels across.</param>
    /// <param name="height">Pixels down.</param>
    /// <param name="format">The name of its format.</param>
    /// <param name="levels">[height, width]: the greys, 0 to 255.</param>
    public static Scan OfLevels(int width, int height, string format, float[] levels)
    {
        ArgumentNullException.ThrowIfNull(levels);
        var rgb = new byte[3 * levels.Length];
        for (int i = 0, to = 0; i < levels.Length; i++, to += 3)
        {
            byte level = (byte)float.ConvertToIntegerNative<int>(MathF.Round(levels[i]));
            (rgb[to], rgb[to + 1], rgb[to + 2]) = (level, level, level);
        }
        return new(width, height, "L;16", format, rgb) { Levels = levels };
    }
}
