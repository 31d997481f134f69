using NetVips;

namespace Gyrus.Imaging.Decoding;

/// <summary>Decodes with libvips.</summary>
internal static class VipsDecoder
{
    /// <summary>Decodes an image.</summary>
    /// <param name="path">The file's name, for errors.</param>
    /// <param name="bytes">The whole file.</param>
    /// <param name="format">Its format.</param>
    /// <param name="loader">Opens it.</param>
    /// <param name="pixelLimit">The largest width times height.</param>
    /// <exception cref="ScanException">The image is damaged, animated, too large or of a kind that is not
    /// read.</exception>
    public static Scan Decode(string path, byte[] bytes, ImageFormat format, VipsLoader loader, long pixelLimit)
    {
        // A browser decodes the images that it can, itself.
        if (OperatingSystem.IsBrowser()) throw ScanDecoder.NotRead(path, $"{format.Title} that this browser cannot decode");
        VipsLibrary.EnsureReady();
        try
        {
            return DecodeOrThrow(path, bytes, format, loader, pixelLimit);
        }
        catch (VipsException e)
        {
            throw ScanDecoder.Damaged(path, Detail(e), e);
        }
    }

    private static Scan DecodeOrThrow(string path, byte[] bytes, ImageFormat format, VipsLoader loader, long pixelLimit)
    {
        using var image = loader.Open(bytes); // The header alone: pixels are decoded when they are asked for.
        int frames = loader.Frames(bytes);
        if (image.Contains("n-pages")) frames = (int)image.Get("n-pages");
        if (frames > 1)
        {
            throw new ScanException(path, ScanFault.Animated,
                $"the file holds {frames} frames or pages; save the one that you mean as a file of its own");
        }
        if (!format.IsRead) throw ScanDecoder.NotRead(path, format.Title);
        ScanDecoder.CheckSize(path, image.Width, image.Height, pixelLimit);

        bool cmyk = image.Interpretation == Enums.Interpretation.Cmyk;
        bool sixteen = image.Format == Enums.BandFormat.Ushort;
        if (!sixteen && image.Format != Enums.BandFormat.Uchar) throw ScanDecoder.NotRead(path, "this kind of samples");
        if (image.Bands > (cmyk ? 5 : 4) || IsLab(image.Interpretation))
            throw ScanDecoder.NotRead(path, "this kind of colours");
        bool palette = image.Contains("palette") || loader.HasPalette(bytes);
        string mode = Mode(image.Bands, cmyk, palette) + (sixteen ? ";16" : "");

        using var turned = Turned(image);
        var upright = turned ?? image;
        var deep = sixteen ? upright.WriteToMemory<ushort>() : [];
        var samples = sixteen ? DeepSamples.ToBytes(deep, image.Bands, cmyk) : upright.WriteToMemory<byte>();
        return new Scan(upright.Width, upright.Height, mode, format.Name, RgbPixels.From(samples, image.Bands, cmyk))
        {
            Levels = sixteen && image.Bands == 1 ? DeepSamples.ToLevels(deep) : null,
        };
    }

    /// <summary>The image as the EXIF tag Orientation (EXIF 2.32, section 4.6.4, tag 0x0112) has it seen; null where it is stored so.</summary>
    private static Image? Turned(Image image)
    {
        if (!image.Contains("orientation") || (int)image.Get("orientation") is < 2 or > 8) return null;
        // Turning reads lines in another order than a file that is opened for one pass gives them.
        using var whole = image.CopyMemory();
        return whole.Autorot();
    }

    private static bool IsLab(Enums.Interpretation interpretation) =>
        interpretation is Enums.Interpretation.Lab or Enums.Interpretation.Labs or Enums.Interpretation.Labq;

    private static string Mode(int bands, bool cmyk, bool palette) => (palette, cmyk, bands) switch
    {
        (true, _, _) => "P",
        (_, true, _) => "CMYK",
        (_, _, 1) => "L",
        (_, _, 2) => "LA",
        (_, _, 3) => "RGB",
        _ => "RGBA",
    };

    private static string Detail(VipsException e) =>
        e.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[^1];
}
