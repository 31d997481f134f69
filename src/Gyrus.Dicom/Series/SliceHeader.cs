using Gyrus.Dicom.Display;
using Gyrus.Dicom.Parsing;

namespace Gyrus.Dicom.Series;

/// <summary>What the attributes of an image of a DICOM object tell of it, without its pixels. It holds no patient's name, number or date: a <see cref="Pseudonym"/> stands for the number.</summary>
/// <param name="Path">The object's file.</param>
/// <param name="Frame">Which of its images, from 0.</param>
/// <param name="StudyUid">Names the study.</param>
/// <param name="SeriesUid">Names the series.</param>
/// <param name="InstanceUid">Names the object.</param>
/// <param name="ClassUid">The object's class.</param>
/// <param name="Place">Where the image lies; null where the file does not say it.</param>
/// <param name="Number">The object's number in the series; 0 where the file does not say it.</param>
public sealed record SliceHeader(
    string Path, int Frame, string StudyUid, string SeriesUid, string InstanceUid, string ClassUid, SlicePlace? Place, int Number)
{
    /// <summary><c>CT</c>, <c>MR</c> and others; empty where the file does not say it.</summary>
    public string Modality { get; init; } = "";

    /// <summary>The series in words.</summary>
    public string Description { get; init; } = "";

    /// <summary>The part of the body.</summary>
    public string BodyPart { get; init; } = "";

    /// <summary>What kind of image it is.</summary>
    public IReadOnlyList<string> ImageType { get; init; } = [];

    /// <summary>Pixels across and down; 0 where it has none.</summary>
    public (int Columns, int Rows) Size { get; init; }

    /// <summary>Millimetres of tissue in it; null where the file does not say it.</summary>
    public double? Thickness { get; init; }

    /// <summary>Images of the object, one or more.</summary>
    public int Frames { get; init; } = 1;

    /// <summary>Stands for the patient's number; empty where the file has none.</summary>
    public string Patient { get; init; } = "";

    /// <summary>The trial or collection that the object was made or published for; empty where the file does not say it.</summary>
    public string Collection { get; init; } = "";

    /// <summary>The series' number in its study; null where the file does not say it.</summary>
    public int? SeriesNumber { get; init; }

    /// <summary>Millimetres from row to row and from column to column; null where the file does not say them.</summary>
    public (double Row, double Column)? PixelSpacing { get; init; }

    /// <summary>Millimetres from slice to slice as the file says them; null where it does not.</summary>
    public double? SliceSpacing { get; init; }

    /// <summary>The MR sequence as the attributes tell it: <c>t1</c>, <c>t1c</c>, <c>t2</c>, <c>flair</c>, <c>pd</c>; empty where they do not.</summary>
    public string Sequence { get; init; } = "";

    /// <summary>The images of an object.</summary>
    /// <param name="file">The object; its pixels are not needed.</param>
    public static IReadOnlyList<SliceHeader> Of(DicomFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var data = file.Data;
        int frames = Math.Clamp(data.Whole(DicomTags.NumberOfFrames) ?? 1, 1, ushort.MaxValue);
        var shared = new SliceHeader(
            file.Path, 0, data.Text(DicomTags.StudyInstanceUid), data.Text(DicomTags.SeriesInstanceUid), data.Text(DicomTags.SopInstanceUid),
            data.Text(DicomTags.SopClassUid), Place: null, data.Whole(DicomTags.InstanceNumber) ?? 0)
        {
            Modality = data.Text(DicomTags.Modality),
            Description = data.Text(DicomTags.SeriesDescription) is { Length: > 0 } words ? words : data.Text(DicomTags.ProtocolName),
            BodyPart = data.Text(DicomTags.BodyPartExamined),
            ImageType = data.Texts(DicomTags.ImageType),
            Size = (data.Whole(DicomTags.Columns) ?? 0, data.Whole(DicomTags.Rows) ?? 0),
            Thickness = data.Number(DicomTags.SliceThickness),
            Frames = frames,
            Patient = data.Text(DicomTags.PatientId) is { Length: > 0 } patient ? Pseudonym.Of(patient) : "",
            Collection = data.Text(DicomTags.ClinicalTrialProtocolId),
            SeriesNumber = data.Whole(DicomTags.SeriesNumber),
            Sequence = MrSequence.Of(data),
        };
        return [.. Enumerable.Range(0, frames).Select(frame => Placed(shared with { Frame = frame }, new FrameAttributes(data, frame)))];
    }
    private static SliceHeader Placed(SliceHeader shared, FrameAttributes attributes) => shared with
    {
        Place = SlicePlace.Of(attributes),
        PixelSpacing = attributes.Numbers(DicomTags.PixelMeasuresSequence, DicomTags.PixelSpacing) is [> 0 and var row, > 0 and var column] ? (row, column) : null,
        SliceSpacing = attributes.Numbers(DicomTags.PixelMeasuresSequence, DicomTags.SpacingBetweenSlices) is [> 0 and var gap, ..] ? gap : null,
    };
}
