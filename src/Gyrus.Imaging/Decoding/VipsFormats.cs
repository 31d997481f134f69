using NetVips;

namespace Gyrus.Imaging.Decoding;

/// <summary>The formats that libvips decodes.</summary>
internal static class VipsFormats
{
    private const Enums.Access InOrder = Enums.Access.Sequential;

    public static ImageFormat Png { get; } = Of(
        "png", "PNG", [".png"], "image/png",
        bytes => bytes is [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..],
        new VipsLoader(bytes => Image.PngloadBuffer(bytes, access: InOrder, failOn: Enums.FailOn.Error))
        {
            Frames = bytes => PngAnimation.Frames(bytes),
        });

    // A warning of the JPEG decoder stands for lost pixels, one of the others for odd metadata.
    public static ImageFormat Jpeg { get; } = Of(
        "jpeg", "JPEG", [".jpg", ".jpeg", ".jfif"], "image/jpeg",
        bytes => bytes is [0xFF, 0xD8, 0xFF, ..],
        new VipsLoader(bytes => Image.JpegloadBuffer(bytes, access: InOrder, failOn: Enums.FailOn.Warning)));

    public static ImageFormat Tiff { get; } = Of(
        "tiff", "TIFF", [".tif", ".tiff"], "image/tiff",
        bytes => bytes is [(byte)'I', (byte)'I', 42 or 43, 0, ..] or [(byte)'M', (byte)'M', 0, 42 or 43, ..],
        new VipsLoader(bytes => Image.TiffloadBuffer(bytes, access: InOrder, failOn: Enums.FailOn.Error))
        {
            HasPalette = bytes => TiffPalette.IsIn(bytes),
        });

    public static ImageFormat WebP { get; } = Of(
        "webp", "WebP", [".webp"], "image/webp",
        bytes => bytes is [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..],
        new VipsLoader(bytes => Image.WebploadBuffer(bytes, access: InOrder, failOn: Enums.FailOn.Error)));

    // With several frames it is refused as animated, with one as a format that is not read.
    public static ImageFormat Gif { get; } = Of(
        "gif", "GIF", [".gif"], "image/gif",
        bytes => bytes is [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..],
        new VipsLoader(bytes => Image.GifloadBuffer(bytes, access: InOrder, failOn: Enums.FailOn.Error)), isRead: false);

    private static ImageFormat Of(
        string name, string title, IReadOnlyList<string> extensions, string mediaType, Func<ReadOnlySpan<byte>, bool> begins,
        VipsLoader loader, bool isRead = true) => new(
            name, title, extensions, mediaType, begins,
            (path, bytes, format, pixelLimit) => VipsDecoder.Decode(path, bytes, format, loader, pixelLimit), isRead);
}

/// <summary>How libvips opens a format, and what it does not tell of it.</summary>
/// <param name="Open">Opens a file, decoding no pixel.</param>
internal sealed record VipsLoader(Func<byte[], Image> Open)
{
    /// <summary>The number of frames of a file where libvips says none.</summary>
    public Func<byte[], int> Frames { get; init; } = _ => 1;

    /// <summary>Whether a file has a palette where libvips says none.</summary>
    public Func<byte[], bool> HasPalette { get; init; } = _ => false;
}
