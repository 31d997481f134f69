using Gyrus.Dicom.Parsing;

namespace Gyrus.Dicom.Privacy;

/// <summary>What stands against passing an object on, that no change of its attributes takes away. The words hold nothing of the object.</summary>
public static class ObjectRisk
{
    // PS3.4 annex B.5 and PS3.6 annex A: all classes of objects that are stored begin so.
    private const string Storage = "1.2.840.10008.5.1.4.";
    private const string Image = Storage + "1.1.";
    private const string Directory = "1.2.840.10008.1.3.10";

    private static readonly (string Class, string Reason)[] Classes =
    [
        (Image + "88", "a structured report: its text names people"),
        (Image + "104", "a document in an object: what is in it is not looked at"),
        (Image + "11", "a presentation state: its text is people's"),
        (Image + "7", "a secondary capture: its pixels may hold writing"),
        (Image + "66", "raw data, or what was found in images: what is in it is not looked at"),
        (Image + "9", "a waveform, which may name the patient"),
    ];

    /// <summary>Why an object cannot be rid of what tells who it is of; null where it can.</summary>
    /// <param name="file">The object, with or without its pixels.</param>
    public static string? Refusal(DicomFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (IsDirectory(file)) return "a list of files by the names that they had";
        if (file.Data.Text(DicomTags.SopClassUid).Length == 0 || file.Data.Text(DicomTags.SopInstanceUid).Length == 0) return "no object: it lacks its class or its UID";
        if (file.IsTruncated) return "cut off";
        bool isUnknown = file.Syntax.Codec == PixelCodec.Unknown && file.Data.Find(DicomTags.PixelData) is { Fragments: null };
        return isUnknown ? "pixels in a transfer syntax that is not known" : null;
    }

    /// <summary>Whether a file lists others: a DICOMDIR, PS3.10 section 8.6.</summary>
    /// <param name="file">The file.</param>
    public static bool IsDirectory(DicomFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file.Meta.Text(DicomTags.MediaStorageSopClassUid) == Directory || file.Data.Find(DicomTags.DirectoryRecordSequence) is not null;
    }

    /// <summary>Why an object may tell who it is of whatever is done to its attributes; null where nothing of its kind says so.</summary>
    /// <param name="file">The object, with or without its pixels.</param>
    public static string? Of(DicomFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var data = file.Data;
        var sopClass = data.Text(DicomTags.SopClassUid);
        if (!sopClass.StartsWith(Storage, StringComparison.Ordinal)) return "an object of a class that is not the standard's: what is in it is not known";
        var kind = Array.Find(Classes, one => sopClass == one.Class || sopClass.StartsWith(one.Class + ".", StringComparison.Ordinal));
        if (kind.Reason is not null) return kind.Reason;
        if (data.Text(DicomTags.BurnedInAnnotation) == "YES") return "writing in its pixels, as its attributes say";
        if (data.Text(DicomTags.ConversionType).Length > 0 || data.Texts(DicomTags.ImageType).Any(value => value.StartsWith("SCREEN", StringComparison.Ordinal)))
            return "a capture of a screen or of film: its pixels may hold writing";
        if (data.Text(DicomTags.Modality) is not ("CT" or "MR")) return "neither CT nor MR: its pixels may hold writing";
        if (data.Text(DicomTags.PhotometricInterpretation) is { Length: > 0 } colours && !colours.StartsWith("MONOCHROME", StringComparison.Ordinal))
            return "colours, as captures of screens have: its pixels may hold writing";
        return HasOverlayInPixels(data) ? "drawings in the spare bits of its pixels" : null;
    }

    /// <summary>Retired: overlays in bits of the pixels above those that count, PS3.5 section 8.1.2.</summary>
    private static bool HasOverlayInPixels(DicomDataset data)
    {
        const ushort First = 0x6000, Last = 0x601E, BitPosition = 0x0102, Data = 0x3000;
        for (int group = First; group <= Last; group += 2)
        {
            if (data.Whole(new DicomTag((ushort)group, BitPosition)) > 0 && data.Find(new DicomTag((ushort)group, Data)) is null) return true;
        }
        return false;
    }
}
