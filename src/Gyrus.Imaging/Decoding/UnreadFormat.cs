namespace Gyrus.Imaging.Decoding;

/// <summary>A format that people have scans in and that is recognised but not read.</summary>
/// <param name="Name">Its name, with an article where it needs one.</param>
/// <param name="Remedy">What to do.</param>
public sealed record UnreadFormat(string Name, string Remedy)
{
    private const string SlicesRemedy = "convert its slices to PNG first";
    private const string PictureRemedy = "save it as PNG or JPEG first";

    /// <summary>Recognises one by content: the signatures of NIfTI-1 and 2, ISO/IEC 14496-12 (ftyp),
    /// 15444-1, 18181-2 and the formats' own pages.</summary>
    /// <param name="bytes">The beginning of a file, 352 bytes or more where it has them.</param>
    /// <returns>The format; null where the bytes begin like none of these.</returns>
    public static UnreadFormat? Of(ReadOnlySpan<byte> bytes)
    {
        if (Has(bytes, 344, "n+1\0"u8) || Has(bytes, 344, "ni1\0"u8) || Has(bytes, 4, "n+2\0"u8) || Has(bytes, 4, "ni2\0"u8))
            return new("NIfTI", SlicesRemedy);
        if (Has(bytes, 0, "NRRD"u8)) return new("NRRD", SlicesRemedy);
        if (Has(bytes, 0, [0x1F, 0x8B])) return new("a gzip file, as .nii.gz is", "unpack it; of NIfTI " + SlicesRemedy);
        if (Has(bytes, 4, "ftyp"u8) && bytes.Length >= 12) return Brand(bytes[8..12]);
        if (Has(bytes, 0, [0, 0, 0, 12, (byte)'j', (byte)'P', 0x20, 0x20]) || Has(bytes, 0, [0xFF, 0x4F, 0xFF, 0x51]))
            return new("JPEG 2000", PictureRemedy);
        if (Has(bytes, 0, [0xFF, 0x0A]) || Has(bytes, 0, [0, 0, 0, 12, (byte)'J', (byte)'X', (byte)'L', 0x20]))
            return new("JPEG XL", PictureRemedy);
        if (Has(bytes, 0, "%PDF-"u8)) return new("a PDF", "save its image as PNG first");
        if (Has(bytes, 0, "PK\x3\x4"u8)) return new("a zip", "unpack it and name the images in it");
        return Has(bytes, 0, "<svg"u8) ? new("SVG", PictureRemedy) : null;
    }

    private static UnreadFormat? Brand(ReadOnlySpan<byte> brand)
    {
        if (brand.SequenceEqual("avif"u8) || brand.SequenceEqual("avis"u8)) return new("AVIF", PictureRemedy);
        bool heif = brand.StartsWith("hei"u8) || brand.StartsWith("hev"u8) || brand.SequenceEqual("mif1"u8) || brand.SequenceEqual("msf1"u8);
        return heif ? new("HEIC", PictureRemedy) : new("a film", "save the frame that you mean as PNG");
    }

    private static bool Has(ReadOnlySpan<byte> bytes, int at, ReadOnlySpan<byte> signature) =>
        bytes.Length >= at + signature.Length && bytes.Slice(at, signature.Length).SequenceEqual(signature);
}
