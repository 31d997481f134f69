using System.Buffers.Binary;
using Gyrus.Data.Scrubbing;
using Gyrus.Dicom.Parsing;
using Gyrus.Dicom.Pixels;
using Gyrus.Dicom.Privacy;
using Gyrus.Dicom.Writing;
using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.HeadRegion;

namespace Gyrus.Data.Deidentification;

/// <summary>Makes the pixels around the head black, as far as the darkest pixel of the frame is.</summary>
internal static class OutsideHead
{
    // ExtendedOffsetTable and its lengths say where frames begin that are packed no more.
    private static readonly DicomTag[] OfPackedFrames = [new(0x7FE0, 0x0001), new(0x7FE0, 0x0002)];

    /// <summary>Blanks all frames of an object. The head's pixels stay as they are to the bit; packed ones are unpacked.</summary>
    /// <param name="file">The object as it was.</param>
    /// <param name="treated">The object without what tells who it is of.</param>
    /// <returns>The object; null where its pixels are colours, which are not blanked.</returns>
    /// <exception cref="Gyrus.Dicom.DicomException">Its pixels cannot be read.</exception>
    public static (DeidentifiedObject Object, BlankedFrames Frames)? Blank(DicomFile file, DeidentifiedObject treated)
    {
        var pixels = DicomPixels.Of(file);
        var layout = pixels.Layout;
        if (!layout.IsGrey) return null;
        var bytes = new byte[checked(layout.FrameBytes * layout.Frames)];
        int withoutHead = 0, writingLeft = 0;
        for (int i = 0; i < layout.Frames; i++)
        {
            var frame = pixels.Frame(i);
            // A mask that lies on the pixels as they are stored, whatever their shape.
            var scan = (DicomSlices.Grey(file, pixels, i) with { RowSpacing = 1, ColumnSpacing = 1 }).ToScan();
            var head = HeadFinder.Find(scan);
            if (head is null) withoutHead++;
            else
            {
                if (LeftWriting.Is(scan, head, HeadBlanking.Apply(scan, head))) writingLeft++;
                Blank(frame, head);
            }
            Write(frame, bytes.AsSpan(i * layout.FrameBytes, layout.FrameBytes), treated.Data.IsBigEndian);
        }
        var frames = new BlankedFrames(layout.Frames, withoutHead, writingLeft);
        return (treated with { Data = With(treated.Data, layout, bytes, frames), Syntax = TransferSyntax.ExplicitLittleEndian }, frames);
    }

    private static void Blank(PixelFrame frame, HeadMask head)
    {
        bool isInverted = frame.Layout.Photometric == "MONOCHROME1";
        int black = 0;
        for (int i = 0; i < frame.Raw.Length; i++)
        {
            if (isInverted ? frame.Value(i) > frame.Value(black) : frame.Value(i) < frame.Value(black)) black = i;
        }
        ushort value = frame.Raw[black];
        for (int i = 0; i < frame.Raw.Length; i++)
        {
            if (!head.Inside[i]) frame.Raw[i] = value;
        }
    }

    private static void Write(PixelFrame frame, Span<byte> to, bool isBigEndian)
    {
        for (int i = 0; i < frame.Raw.Length; i++)
        {
            if (frame.Layout.BitsAllocated == 8) to[i] = (byte)frame.Raw[i];
            else if (isBigEndian) BinaryPrimitives.WriteUInt16BigEndian(to[(2 * i)..], frame.Raw[i]);
            else BinaryPrimitives.WriteUInt16LittleEndian(to[(2 * i)..], frame.Raw[i]);
        }
    }

    private static DicomDataset With(DicomDataset data, PixelLayout layout, byte[] bytes, BlankedFrames frames)
    {
        var high = new byte[2];
        if (data.IsBigEndian) BinaryPrimitives.WriteUInt16BigEndian(high, (ushort)(layout.BitsStored - 1));
        else BinaryPrimitives.WriteUInt16LittleEndian(high, (ushort)(layout.BitsStored - 1));
        var others = new DatasetBuilder()
            .Bytes(DicomTags.HighBit, "US", high)
            .Bytes(DicomTags.PixelData, layout.BitsAllocated == 8 ? "OB" : "OW", bytes);
        if (frames is { WithoutHead: 0, WritingLeft: 0 }) others.Text(DicomTags.BurnedInAnnotation, "NO");
        return ObjectDeidentifier.With(new([.. data.Elements.Where(element => !OfPackedFrames.Contains(element.Tag))], data.IsBigEndian), others.Build());
    }
}
