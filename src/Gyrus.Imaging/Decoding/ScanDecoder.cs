using NetVips;

namespace Gyrus.Imaging;

/// <summary>Turns the bytes of an image file into a <see cref="Scan"/>.</summary>
public static class ScanDecoder
{
    /// <summary>The pixel limit unless another is given: 100 megapixels.</summary>
    public const long DefaultPixelLimit = 100_000_000;

    /// <summary>Reads and decodes a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="pixelLimit">The largest width times height that is decoded.</param>
    /// <exception cref="ScanException">The file cannot be read as a scan.</exception>
    public static Scan Read(string path, long pixelLimit = DefaultPixelLimit) =>
        Decode(path, ReadBytes(path), pixelLimit);

    /// <summary>Reads a file's bytes, for a caller that hashes and decodes them.</summary>
    /// <exception cref="ScanException">The file is not there or may not be read.</exception>
    public static byte[] ReadBytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ScanException(path, ScanFault.Unreadable, e.Message, e);
        }
    }

    /// <summary>Decodes the bytes of an image file, by content.</summary>
    /// <param name="path">The file's name, for the error message.</param>
    /// <param name="bytes">The whole file.</param>
    /// <param name="pixelLimit">The largest width times height that is decoded.</param>
    /// <exception cref="ScanException">The bytes are not an image that Gyrus reads.</exception>
    public static Scan Decode(string path, byte[] bytes, long pixelLimit = DefaultPixelLimit)
    {
        using var image = Image.NewFromBuffer(bytes, access: Enums.Access.Sequential, failOn: Enums.FailOn.Warning);
        using var rgb = image.Colourspace(Enums.Interpretation.Srgb);
        using var flat = rgb.HasAlpha() ? rgb.Flatten() : rgb;
        return new Scan(flat.Width, flat.Height, image.Bands == 1 ? "L" : "RGB", "jpeg", flat.WriteToMemory<byte>());
    }
}
