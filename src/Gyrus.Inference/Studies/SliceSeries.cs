using Gyrus.Dicom.Parsing;
using Gyrus.Imaging.Decoding;

namespace Gyrus.Inference.Studies;

/// <summary>One image of a stack, not read yet.</summary>
/// <param name="Path">The file.</param>
/// <param name="Frame">Which of the file's images, from 0; null where it has one.</param>
/// <param name="Along">Millimetres through the head; null where it is not known.</param>
/// <param name="Read">Reads it; throws <see cref="ScanException"/>.</param>
public sealed record SeriesSlice(string Path, int? Frame, double? Along, Func<Scan> Read)
{
    /// <summary>The plane that the image is cut in, where a file is cut in several.</summary>
    public string Cut { get; init; } = "";

    /// <summary>The DICOM object's class; empty for others.</summary>
    public string ClassUid { get; init; } = "";

    /// <summary>The DICOM object's UID; empty for others.</summary>
    public string InstanceUid { get; init; } = "";

    /// <summary>Names it: the file, and of several images in it which, from 1.</summary>
    public string Name => Frame is not { } frame ? Path : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Path}#{(Cut.Length > 0 ? Cut + "-" : "")}{frame + 1}");
}

/// <summary>Slices of one head that lie parallel to each other, in order through it: a DICOM series, or a volume cut in a plane.</summary>
/// <param name="Path">The first slice's file.</param>
/// <param name="StudyUid">Names the study: a UID, or the volume's file.</param>
/// <param name="SeriesUid">Names the series likewise.</param>
/// <param name="Slices">The slices; none where it is left out without having been fetched.</param>
public sealed record SliceSeries(string Path, string StudyUid, string SeriesUid, IReadOnlyList<SeriesSlice> Slices)
{
    /// <summary>The series in words.</summary>
    public string Description { get; init; } = "";

    /// <summary><c>CT</c> or <c>MR</c> as the file has it; empty where it says none.</summary>
    public string Modality { get; init; } = "";

    /// <summary>The MR sequence as the attributes tell it: <c>t1</c>, <c>t1c</c>, <c>t2</c>, <c>flair</c>, <c>pd</c>; empty where they do not.</summary>
    public string Sequence { get; init; } = "";

    /// <summary><c>axial</c>, <c>coronal</c>, <c>sagittal</c> or <c>oblique</c>; empty where it is not known.</summary>
    public string Plane { get; init; } = "";

    /// <summary>Millimetres from slice to slice; null where it is not known.</summary>
    public double? Spacing { get; init; }

    /// <summary>Reads the attributes of its first DICOM object, which name patient and study; null for others.</summary>
    public Func<DicomDataset>? Attributes { get; init; }

    /// <summary>Why it is left out, as the end of a sentence; null where it is not.</summary>
    public string? LeftOut { get; init; }

    /// <summary>The same under other names, where files mean nothing to a reader: as DICOMweb names series and objects.</summary>
    /// <param name="study">The address of the study.</param>
    public SliceSeries At(string study) => this with
    {
        Path = study,
        Slices = [.. Slices.Select(slice => slice with { Path = $"{study}/series/{SeriesUid}/instances/{slice.InstanceUid}" })],
    };
}
