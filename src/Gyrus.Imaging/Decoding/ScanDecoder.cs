namespace Gyrus.Imaging.Decoding;

/// <summary>
/// Turns the bytes of an image file of any of <see cref="ImageFormats"/> into a <see cref="Scan"/>, by content and whatever
/// the file's name says. Colour profiles are not applied. Safe to call from many threads at once; one call uses one
/// core.
/// </summary>
public static class ScanDecoder
{
    /// <summary>The pixel limit unless another is given: 100 megapixels.</summary>
    public const long DefaultPixelLimit = 100_000_000;

    /// <summary>The longest side that is decoded, whatever the pixel limit: 65,535 pixels, which is JPEG's.</summary>
    public const int LongestSide = 65_535;

    /// <summary>The largest file that is read: 1 GiB, more than an image within the longest sides and usual limits has.</summary>
    public const long LargestFile = 1L << 30;

    /// <summary>Reads and decodes a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="pixelLimit">The largest width times height that is decoded.</param>
    /// <exception cref="ScanException">The file cannot be read as a scan.</exception>
    /// <exception cref="GyrusException">The native image library is missing.</exception>
    public static Scan Read(string path, long pixelLimit = DefaultPixelLimit) =>
        Decode(path, ReadBytes(path), pixelLimit);

    /// <summary>Reads a file's bytes, for a caller that hashes and decodes them.</summary>
    /// <exception cref="ScanException">The file is not there or may not be read.</exception>
    public static byte[] ReadBytes(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (FileKind.Special(path) is { } special)
            throw new ScanException(path, ScanFault.Unreadable, $"this is {special} and no file; name an image file");
        try
        {
            var file = new FileInfo(path);
            if (file.Exists && file.Length > LargestFile)
            {
                throw new ScanException(path, ScanFault.TooLarge, FormattableString.Invariant(
                    $"the file has {file.Length} bytes, and an image file may have {LargestFile}; save it as a smaller one"));
            }
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ScanException(path, ScanFault.Unreadable, PathFault.OfFile(path, e), e);
        }
    }

    /// <summary>Decodes the bytes of an image file, by content.</summary>
    /// <param name="path">The file's name, for the error message.</param>
    /// <param name="bytes">The whole file.</param>
    /// <param name="pixelLimit">The largest width times height that is decoded. The header alone is read to judge
    /// it.</param>
    /// <exception cref="ScanException">The bytes are not an image that Gyrus reads.</exception>
    /// <exception cref="GyrusException">The native image library is missing.</exception>
    public static Scan Decode(string path, byte[] bytes, long pixelLimit = DefaultPixelLimit)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(bytes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pixelLimit);
        if (bytes.Length == 0)
            throw new ScanException(path, ScanFault.Empty, "the file is empty; get it again from where it came");

        if (ImageFormats.Of(bytes) is { } format) return format.Decode(path, bytes, format, pixelLimit);
        throw new ScanException(path, ScanFault.NotAnImage, UnreadFormat.Of(bytes) is { } other
            ? $"this is {other.Name}, which Gyrus does not read as an image; {other.Remedy}"
            : $"the content is no image that Gyrus reads; give it {ImageFormats.Titles}");
    }

    /// <summary>Refuses an image by the size in its header.</summary>
    internal static void CheckSize(string path, long width, long height, long pixelLimit)
    {
        if (width < 1 || height < 1)
            throw Damaged(path, $"its header says {width} x {height} pixels");
        if (width > LongestSide || height > LongestSide)
        {
            throw new ScanException(path, ScanFault.TooLarge, FormattableString.Invariant(
                $"{width} x {height} pixels, and a side may have {LongestSide}; make it smaller"));
        }
        pixelLimit = Math.Min(pixelLimit, Array.MaxLength / 4); // An array holds four samples a pixel.
        if (width * height > pixelLimit)
        {
            throw new ScanException(path, ScanFault.TooLarge, FormattableString.Invariant(
                $"{width} x {height} pixels, and the limit is {pixelLimit}; make it smaller"));
        }
    }

    /// <summary>The error for a file that begins as an image and goes on as none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="detail">What was found, in a few words.</param>
    /// <param name="inner">The error behind it, if any.</param>
    internal static ScanException Damaged(string path, string detail, Exception? inner = null) =>
        new(path, ScanFault.Truncated,
            $"the image is cut off or damaged ({detail}); get it again from where it came", inner);

    /// <summary>The error for an image whose kind of samples is not read.</summary>
    internal static ScanException NotRead(string path, string what) =>
        new(path, ScanFault.NotAnImage, $"{what} is not read; save it as an 8-bit PNG");
}
