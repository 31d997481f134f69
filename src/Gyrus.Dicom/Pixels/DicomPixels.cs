using Gyrus.Dicom.Parsing;

namespace Gyrus.Dicom.Pixels;

/// <summary>The images of an object, unpacked one by one.</summary>
public sealed class DicomPixels
{
    /// <summary>The largest width times height of a frame unless another is given: 100 megapixels.</summary>
    public const long DefaultPixelLimit = 100_000_000;

    private readonly DicomFile _file;
    private readonly DicomElement _pixels;
    private readonly IReadOnlyList<ReadOnlyMemory<byte>>? _packed;

    private DicomPixels(DicomFile file, PixelLayout layout, DicomElement pixels, IReadOnlyList<ReadOnlyMemory<byte>>? packed) =>
        (_file, Layout, _pixels, _packed) = (file, layout, pixels, packed);

    /// <summary>How they are kept.</summary>
    public PixelLayout Layout { get; }

    /// <summary>Looks for an object's pixels. None is unpacked yet.</summary>
    /// <param name="file">The object, read with its pixels.</param>
    /// <param name="pixelLimit">The largest width times height of a frame.</param>
    /// <exception cref="DicomException">It has none, or they are of a kind that is not read.</exception>
    public static DicomPixels Of(DicomFile file, long pixelLimit = DefaultPixelLimit)
    {
        ArgumentNullException.ThrowIfNull(file);
        var layout = PixelLayout.Of(file, pixelLimit);
        if (file.Data.Find(DicomTags.PixelData) is not { } pixels) throw DicomErrors.Damaged(file.Path, "it has no pixels");
        if (file.Syntax.Codec == PixelCodec.Unknown)
            throw DicomErrors.NotRead(file.Path, $"a DICOM file whose pixels are packed as {file.Syntax.Title} ({file.Syntax.Uid})", "have the archive send it uncompressed");
        var packed = pixels.Fragments is { } fragments ? FrameFragments.Of(file.Path, fragments, layout.Frames) : null;
        if (packed is null != (file.Syntax.Codec == PixelCodec.Native))
            throw DicomErrors.Damaged(file.Path, $"its pixels are {(packed is null ? "not " : "")}packed, and its transfer syntax is {file.Syntax.Title}");
        return new(file, layout, pixels, packed);
    }

    /// <summary>Unpacks a frame: grey as stored, colours as RGB.</summary>
    /// <param name="frame">Its number, from 0.</param>
    /// <exception cref="DicomException">The frame is cut off or damaged, or this build cannot unpack it.</exception>
    public PixelFrame Frame(int frame)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(frame);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(frame, Layout.Frames);
        var (samples, isRgb) = _packed is null ? (Native(frame), false) : Unpacked(frame);
        NativePixels.KeepStoredBits(samples, Layout);
        var layout = Layout with { IsPlanar = false };
        if (layout.IsPalette) return Palette.Apply(_file, layout, samples);
        if (layout.Samples == 3 && layout.IsYbr && !isRgb) Ybr.ToRgb(samples, layout);
        return new(layout.Samples == 3 ? layout with { Photometric = "RGB" } : layout, samples);
    }

    private ushort[] Native(int frame)
    {
        var bytes = _pixels.Value.Span;
        if (Layout.Photometric == "YBR_FULL_422" && Layout.Samples == 3 && bytes.Length < (long)Layout.FrameBytes * Layout.Frames) return Halved(frame);
        long start = (long)frame * Layout.FrameBytes;
        if (start + Layout.FrameBytes > bytes.Length) throw CutOff(frame);
        var read = bytes.Slice((int)start, Layout.FrameBytes);
        // Words of two samples of 8 bits, the words' bytes in the file's order: PS3.5 section 8.1.1.
        bool swapped = Layout.BitsAllocated == 8 && _file.Data.IsBigEndian && _pixels.Representation == "OW";
        var samples = NativePixels.Read(read, Layout.BitsAllocated, _file.Data.IsBigEndian);
        if (swapped)
        {
            for (int i = 0; i + 1 < samples.Length; i += 2) (samples[i], samples[i + 1]) = (samples[i + 1], samples[i]);
        }
        return Layout.IsPlanar ? NativePixels.Interleave(samples, Layout.Samples) : samples;
    }

    /// <summary>Colours of which two neighbours share their differences: Y, Y, Cb, Cr.</summary>
    private ushort[] Halved(int frame)
    {
        var bytes = _pixels.Value.Span;
        int size = Layout.Columns * Layout.Rows * 2;
        long start = (long)frame * size;
        if (start + size > bytes.Length) throw CutOff(frame);
        var pairs = bytes.Slice((int)start, size);
        var samples = new ushort[Layout.FrameSamples];
        for (int from = 0, to = 0; from + 3 < pairs.Length; from += 4, to += 6)
        {
            (samples[to], samples[to + 3]) = (pairs[from], pairs[from + 1]);
            samples[to + 1] = samples[to + 4] = pairs[from + 2];
            samples[to + 2] = samples[to + 5] = pairs[from + 3];
        }
        return samples;
    }

    private (ushort[] Samples, bool IsRgb) Unpacked(int frame)
    {
        if (frame >= _packed!.Count) throw CutOff(frame);
        var packed = _packed[frame];
        switch (_file.Syntax.Codec)
        {
            case PixelCodec.RunLength:
                return (RunLengthDecoder.Decode(_file.Path, packed.Span, Layout), false);
            default:
                var codecs = SandboxedCodecs.Instance ?? throw DicomErrors.NotRead(
                    _file.Path, $"a DICOM file whose pixels are packed as {_file.Syntax.Title} ({_file.Syntax.Uid}), {(OperatingSystem.IsBrowser() ? "in a browser" : "in a build without its codecs")},",
                    OperatingSystem.IsBrowser() ? "have scans looked at by the service" : "build Gyrus where npm is, or have the archive send it uncompressed");
                // JPEG 2000 brings its own colours back to RGB.
                return (codecs.Decode(_file.Path, _file.Syntax.Codec, packed.Span, Layout), _file.Syntax.Codec != PixelCodec.JpegLs);
        }
    }

    private DicomException CutOff(int frame) => DicomErrors.Damaged(_file.Path, $"it ends before the last pixel of frame {frame + 1} of {Layout.Frames}");
}
