namespace Gyrus.Dicom.Parsing;

/// <summary>How the pixels of a file are packed.</summary>
public enum PixelCodec
{
    /// <summary>As they are.</summary>
    Native,

    /// <summary>Runs of equal bytes: PS3.5 annex G.</summary>
    RunLength,

    /// <summary>JPEG of any process: ISO 10918-1.</summary>
    Jpeg,

    /// <summary>JPEG-LS: ISO 14495-1.</summary>
    JpegLs,

    /// <summary>JPEG 2000: ISO 15444-1.</summary>
    Jpeg2000,

    /// <summary>JPEG 2000 with a quicker coder of blocks: ISO 15444-15.</summary>
    HighThroughputJpeg2000,

    /// <summary>One that Gyrus does not know.</summary>
    Unknown,
}

/// <summary>How a data set is written: PS3.5 section 10 and annex A.</summary>
/// <param name="Uid">Its name.</param>
/// <param name="Title">As people call it.</param>
/// <param name="IsImplicit">Whether elements do not say how their values are written.</param>
/// <param name="IsBigEndian">Whether numbers begin with their highest byte.</param>
/// <param name="IsDeflated">Whether the data set behind the file's header is compressed.</param>
/// <param name="Codec">How pixels are packed.</param>
/// <param name="IsLossy">Whether packing may have changed them.</param>
public sealed record TransferSyntax(
    string Uid, string Title, bool IsImplicit = false, bool IsBigEndian = false, bool IsDeflated = false, PixelCodec Codec = PixelCodec.Native, bool IsLossy = false)
{
    /// <summary>The one that every system reads.</summary>
    public static TransferSyntax ImplicitLittleEndian { get; } = new("1.2.840.10008.1.2", "implicit VR little endian", IsImplicit: true);

    /// <summary>The usual one of files.</summary>
    public static TransferSyntax ExplicitLittleEndian { get; } = new("1.2.840.10008.1.2.1", "explicit VR little endian");

    /// <summary>A retired one.</summary>
    public static TransferSyntax ExplicitBigEndian { get; } = new("1.2.840.10008.1.2.2", "explicit VR big endian", IsBigEndian: true);

    private static readonly TransferSyntax[] All =
    [
        ImplicitLittleEndian,
        ExplicitLittleEndian,
        ExplicitBigEndian,
        new("1.2.840.10008.1.2.1.99", "deflated explicit VR little endian", IsDeflated: true),
        new("1.2.840.10008.1.2.5", "RLE lossless", Codec: PixelCodec.RunLength),
        new("1.2.840.10008.1.2.4.50", "JPEG baseline", Codec: PixelCodec.Jpeg, IsLossy: true),
        new("1.2.840.10008.1.2.4.51", "JPEG extended", Codec: PixelCodec.Jpeg, IsLossy: true),
        new("1.2.840.10008.1.2.4.53", "JPEG spectral selection (retired)", Codec: PixelCodec.Jpeg, IsLossy: true),
        new("1.2.840.10008.1.2.4.55", "JPEG full progression (retired)", Codec: PixelCodec.Jpeg, IsLossy: true),
        new("1.2.840.10008.1.2.4.57", "JPEG lossless", Codec: PixelCodec.Jpeg),
        new("1.2.840.10008.1.2.4.70", "JPEG lossless, first-order prediction", Codec: PixelCodec.Jpeg),
        new("1.2.840.10008.1.2.4.80", "JPEG-LS lossless", Codec: PixelCodec.JpegLs),
        new("1.2.840.10008.1.2.4.81", "JPEG-LS near-lossless", Codec: PixelCodec.JpegLs, IsLossy: true),
        new("1.2.840.10008.1.2.4.90", "JPEG 2000 lossless", Codec: PixelCodec.Jpeg2000),
        new("1.2.840.10008.1.2.4.91", "JPEG 2000", Codec: PixelCodec.Jpeg2000, IsLossy: true),
        new("1.2.840.10008.1.2.4.201", "HTJ2K lossless", Codec: PixelCodec.HighThroughputJpeg2000),
        new("1.2.840.10008.1.2.4.202", "HTJ2K lossless RPCL", Codec: PixelCodec.HighThroughputJpeg2000),
        new("1.2.840.10008.1.2.4.203", "HTJ2K", Codec: PixelCodec.HighThroughputJpeg2000, IsLossy: true),
        new("1.2.840.10008.1.2.4.100", "MPEG-2 video", Codec: PixelCodec.Unknown, IsLossy: true),
        new("1.2.840.10008.1.2.4.102", "MPEG-4 video", Codec: PixelCodec.Unknown, IsLossy: true),
    ];

    /// <summary>The syntax of a name; one whose elements are read as usual and whose pixels are not, where Gyrus does not know it.</summary>
    /// <param name="uid">Its name.</param>
    public static TransferSyntax Of(string uid) =>
        Array.Find(All, syntax => syntax.Uid == uid) ?? new(uid, $"the transfer syntax {uid}", Codec: PixelCodec.Unknown);
}
