using NetVips;

namespace Gyrus.Samples;

/// <summary>The range of values that a picture shows, from black to white.</summary>
internal sealed record Window(double Black, double White);

/// <summary>Writes a slice as an 8-bit grayscale PNG file.</summary>
internal static class Png
{
    /// <summary>Writes the file; values outside the window are cut.</summary>
    public static void Write(string path, Slice slice, Window window)
    {
        var (width, height, _) = slice.Canvas;
        using var image = Image.NewFromMemory(
            slice.Values.Select(Pixel).ToArray(), width, height, bands: 1, Enums.BandFormat.Uchar);
        var png = image.PngsaveBuffer(compression: 9, filter: Enums.ForeignPngFilter.All, keep: Enums.ForeignKeep.None);
        AtomicFile.Write(path, stream => stream.Write(png));

        byte Pixel(double value) =>
            (byte)Math.Round(255 * Math.Clamp((value - window.Black) / (window.White - window.Black), 0, 1));
    }
}
