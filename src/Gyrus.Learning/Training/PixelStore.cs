using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.Tensors;

namespace Gyrus.Learning.Training;

/// <summary>
/// Scans framed and resampled once and kept in memory as bytes, so that an epoch decodes nothing: Size * Size bytes an
/// image where the framing makes it grey, three times that otherwise.
/// </summary>
public sealed class PixelStore
{
    private readonly IReadOnlyList<byte[]> _pixels;
    private readonly IReadOnlyList<byte[]?>? _outlines;

    internal PixelStore(Preprocessing preprocessing, IReadOnlyList<byte[]> pixels, IReadOnlyList<byte[]?>? outlines = null) =>
        (Preprocessing, _pixels, _outlines) = (preprocessing, pixels, outlines);

    /// <summary>How the scans were brought to a square.</summary>
    public Preprocessing Preprocessing { get; }

    /// <summary>Planes of an image: 1 where all three channels are the same.</summary>
    public int Planes => PlanesOf(Preprocessing);

    /// <summary>The pixels of one image: [<see cref="Planes"/>, Size, Size], 0 to 255.</summary>
    public ReadOnlySpan<byte> this[int image] => _pixels[image];

    /// <summary>The outline of one image's lesion, framed as the image is: [Size, Size], 255 on the lesion and 0 elsewhere; null where none is drawn.</summary>
    internal byte[]? Outline(int image) => _outlines?[image];

    /// <summary>The pixels of a scan as a store holds them.</summary>
    internal static byte[] Pixels(Scan scan, Preprocessing preprocessing)
    {
        var pixels = ScanTensor.Pixels(scan, preprocessing);
        return PlanesOf(preprocessing) == 3 ? pixels : pixels[..(preprocessing.Size * preprocessing.Size)];
    }

    /// <summary>The store of some of the images, in the order in which they are named.</summary>
    internal PixelStore Only(IEnumerable<int> images) => new(
        Preprocessing, [.. images.Select(image => _pixels[image])], _outlines is null ? null : [.. images.Select(image => _outlines[image])]);

    private static int PlanesOf(Preprocessing preprocessing) => preprocessing.Framing == Framing.Head ? 1 : 3;
}
