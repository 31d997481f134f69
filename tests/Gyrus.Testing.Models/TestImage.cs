using NetVips;

namespace Gyrus.Testing.Models;

/// <summary>Images for tests.</summary>
public static class TestImage
{
    /// <summary>Writes an image of one colour, in the format that the name's extension says.</summary>
    /// <returns>The path.</returns>
    public static string Write(string path, byte red, byte green, byte blue, int width = 40, int height = 30)
    {
        using var black = Image.Black(width, height, bands: 3);
        using var coloured = black + new double[] { red, green, blue };
        using var bytes = coloured.Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb);
        bytes.WriteToFile(path);
        return path;
    }

    /// <summary>Writes an image of noise.</summary>
    /// <returns>The path.</returns>
    public static string WriteNoise(string path, int width, int height, int seed)
    {
        var pixels = new byte[width * height * 3];
        new Random(seed).NextBytes(pixels);
        using var image = Image.NewFromMemory(pixels, width, height, 3, Enums.BandFormat.Uchar);
        using var smooth = image.Copy(interpretation: Enums.Interpretation.Srgb).Gaussblur(2);
        smooth.WriteToFile(path);
        return path;
    }
}
