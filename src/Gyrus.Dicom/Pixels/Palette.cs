using Gyrus.Dicom.Parsing;

namespace Gyrus.Dicom.Pixels;

/// <summary>Colours that samples name by their place: PS3.3 section C.7.9.</summary>
internal static class Palette
{
    /// <summary>Looks the colours up.</summary>
    /// <param name="file">The object, with its palette.</param>
    /// <param name="layout">How the places are kept.</param>
    /// <param name="places">[pixels].</param>
    /// <returns>The frame as RGB of 8 bits.</returns>
    public static PixelFrame Apply(DicomFile file, PixelLayout layout, ReadOnlySpan<ushort> places)
    {
        byte[][] colours =
        [
            Channel(file, layout, DicomTags.RedPaletteDescriptor, DicomTags.RedPaletteData, out int first),
            Channel(file, layout, DicomTags.GreenPaletteDescriptor, DicomTags.GreenPaletteData, out _),
            Channel(file, layout, DicomTags.BluePaletteDescriptor, DicomTags.BluePaletteData, out _),
        ];
        var rgb = new ushort[places.Length * 3];
        for (int i = 0; i < places.Length; i++)
        {
            int place = (layout.IsSigned ? (short)places[i] : places[i]) - first;
            for (int c = 0; c < 3; c++) rgb[(i * 3) + c] = colours[c][Math.Clamp(place, 0, colours[c].Length - 1)];
        }
        return new(layout with { Photometric = "RGB", Samples = 3, BitsAllocated = 8, BitsStored = 8, HighBit = 7, IsSigned = false }, rgb);
    }

    private static byte[] Channel(DicomFile file, PixelLayout layout, DicomTag descriptor, DicomTag data, out int first)
    {
        if (file.Data.Numbers(descriptor, layout.IsSigned) is not [var length, var start, var bits, ..] || file.Data.Find(data) is not { } element)
            throw DicomErrors.Damaged(file.Path, $"its palette lacks {DicomTags.Name(descriptor)} or {DicomTags.Name(data)}");
        first = (int)start;
        // A length of 65,536 does not fit and is written as 0.
        int count = (int)length switch { 0 => 65_536, < 0 and var negative => negative + 65_536, var positive => positive };
        var bytes = element.Value.Span;
        bool isPacked = bytes.Length < count * 2;
        if (bytes.Length < (isPacked ? count : count * 2)) throw DicomErrors.Damaged(file.Path, $"{DicomTags.Name(data)} has fewer colours than its descriptor says");
        var colours = new byte[count];
        if (isPacked)
        {
            bytes[..count].CopyTo(colours);
            return colours;
        }
        var words = file.Data.Words(data);
        // Entries of 16 bits whose highest byte is never used hold 8 bits each: some programs say 16 and mean 8.
        int shift = (int)bits == 16 && words.AsSpan(0, count).ContainsAnyExceptInRange<ushort>(0, 255) ? 8 : 0;
        for (int i = 0; i < count; i++) colours[i] = (byte)(words[i] >> shift);
        return colours;
    }
}
