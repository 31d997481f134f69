using NetVips;

namespace Gyrus.Imaging.Decoding;

/// <summary>Decodes PNG, JPEG, TIFF and WebP with libvips.</summary>
internal static class VipsDecoder
{
    /// <summary>Decodes an image.</summary>
    /// <param name="path">The file's name, for errors.</param>
    /// <param name="bytes">The whole file.</param>
    /// <param name="format">What <see cref="ImageSignature"/> found. A <c>gif</c> is only told apart: with several
    /// frames it is refused as animated, with one as a format that is not read.</param>
    /// <param name="pixelLimit">The largest width times height.</param>
    /// <exception cref="ScanException">The image is damaged, animated, too large or of a kind that is not
    /// read.</exception>
    public static Scan Decode(string path, byte[] bytes, string format, long pixelLimit)
    {
        VipsLibrary.EnsureReady();
        try
        {
            return DecodeOrThrow(path, bytes, format, pixelLimit);
        }
        catch (VipsException e)
        {
            throw ScanDecoder.Damaged(path, Detail(e), e);
        }
    }

    private static Scan DecodeOrThrow(string path, byte[] bytes, string format, long pixelLimit)
    {
        using var image = Open(bytes, format); // The header alone: pixels are decoded when they are asked for.
        int frames = format == "png" ? PngAnimation.Frames(bytes) : 1;
        if (image.Contains("n-pages")) frames = (int)image.Get("n-pages");
        if (frames > 1)
        {
            throw new ScanException(path, ScanFault.Animated,
                $"the file holds {frames} frames or pages; save the one that you mean as a file of its own");
        }
        if (format == "gif") throw ScanDecoder.NotRead(path, "GIF");
        ScanDecoder.CheckSize(path, image.Width, image.Height, pixelLimit);

        bool cmyk = image.Interpretation == Enums.Interpretation.Cmyk;
        bool sixteen = image.Format == Enums.BandFormat.Ushort;
        if (!sixteen && image.Format != Enums.BandFormat.Uchar) throw ScanDecoder.NotRead(path, "this kind of samples");
        if (image.Bands > (cmyk ? 5 : 4) || IsLab(image.Interpretation))
            throw ScanDecoder.NotRead(path, "this kind of colours");
        bool palette = image.Contains("palette") || (format == "tiff" && TiffPalette.IsIn(bytes));
        string mode = Mode(image.Bands, cmyk, palette) + (sixteen ? ";16" : "");

        var samples = sixteen ? DeepSamples.ToBytes(image.WriteToMemory<ushort>(), image.Bands, cmyk) : image.WriteToMemory<byte>();
        var rgb = RgbPixels.From(samples, image.Bands, cmyk);
        int orientation = image.Contains("orientation") ? (int)image.Get("orientation") : 1;
        var (upright, width, height) = ExifOrientation.Upright(rgb, image.Width, image.Height, orientation);
        return new Scan(width, height, mode, format, upright);
    }

    private static Image Open(byte[] bytes, string format)
    {
        const Enums.Access access = Enums.Access.Sequential;
        // A warning of the JPEG decoder stands for lost pixels, one of the others for odd metadata.
        return format switch
        {
            "png" => Image.PngloadBuffer(bytes, access: access, failOn: Enums.FailOn.Error),
            "jpeg" => Image.JpegloadBuffer(bytes, access: access, failOn: Enums.FailOn.Warning),
            "tiff" => Image.TiffloadBuffer(bytes, access: access, failOn: Enums.FailOn.Error),
            "webp" => Image.WebploadBuffer(bytes, access: access, failOn: Enums.FailOn.Error),
            _ => Image.GifloadBuffer(bytes, access: access, failOn: Enums.FailOn.Error),
        };
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
