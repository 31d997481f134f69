using System.Globalization;
using Gyrus.Dicom.Parsing;
using Gyrus.Dicom.Writing;
using Gyrus.Inference.Studies;
using Gyrus.Models;

namespace Gyrus.Inference.Reports;

/// <summary>A study of DICOM objects whose answer becomes objects of the same study.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Source">The attributes of one of its objects, which name patient and study.</param>
/// <param name="Model">The model that answered.</param>
/// <param name="Uids">Makes UIDs.</param>
/// <param name="Made">When it was answered.</param>
public sealed record ReportedStudy(StudyAnswer Answer, DicomDataset Source, ModelDescription Model, DicomUids Uids, DateTimeOffset Made)
{
    private static readonly DicomTag[] PatientAndStudy =
    [
        DicomTags.PatientName, DicomTags.PatientId, DicomTags.PatientBirthDate, DicomTags.PatientSex, DicomTags.StudyInstanceUid, DicomTags.StudyDate, DicomTags.StudyTime,
        DicomTags.ReferringPhysicianName, DicomTags.StudyId, DicomTags.AccessionNumber, DicomTags.StudyDescription,
    ];

    /// <summary>The series that were answered, those that were refused too.</summary>
    internal IReadOnlyList<SeriesAnswer> Answered => [.. Answer.Series.Where(series => series.Stack.LeftOut is null && series.Slices.Count > 0)];

    /// <summary>A UID of something that is made of this answer: the same for the same study, model, answer and thing, so that a second report replaces the first.</summary>
    /// <param name="thing">Names the thing.</param>
    internal string Uid(string thing) => Uids.Of(string.Create(CultureInfo.InvariantCulture, $"{thing}\n{Answer.Uid}\n{Model.Name}\n{Model.Version}\n{Model.NetworkHash}\n{Answer.Tumour:R}"));

    /// <summary>An object of the study, with what all of them have.</summary>
    /// <param name="classUid">Its class.</param>
    /// <param name="instance">Names it.</param>
    /// <param name="series">Names its series.</param>
    /// <param name="modality">The series' modality.</param>
    /// <param name="seriesNumber">The series' number.</param>
    /// <param name="instanceNumber">Its number.</param>
    /// <param name="description">The series in words.</param>
    internal DatasetBuilder NewObject(string classUid, string instance, string series, string modality, int seriesNumber, int instanceNumber, string description)
    {
        var made = new DatasetBuilder().Text(DicomTags.SpecificCharacterSet, DatasetBuilder.CharacterSet);
        // Decoded and encoded again, since the source may have another alphabet.
        foreach (var tag in PatientAndStudy) made.Text(tag, Source.Texts(tag));
        return made
            .Text(DicomTags.SopClassUid, classUid).Text(DicomTags.SopInstanceUid, Uid(instance))
            .Text(DicomTags.SeriesInstanceUid, Uid(series)).Text(DicomTags.Modality, modality).Number(DicomTags.SeriesNumber, seriesNumber)
            .Number(DicomTags.InstanceNumber, instanceNumber).Text(DicomTags.SeriesDescription, description)
            .Text(DicomTags.Manufacturer, "Gyrus").Text(ReportTags.ManufacturerModelName, Ascii(Model.Name)).Text(ReportTags.SoftwareVersions, Ascii(Model.Version))
            .Text(ReportTags.DeviceSerialNumber, Ascii(Model.Version))
            .Text(ReportTags.ContentDate, Made.ToString("yyyyMMdd", CultureInfo.InvariantCulture)).Text(ReportTags.ContentTime, Made.ToString("HHmmss", CultureInfo.InvariantCulture));
    }

    // A backslash would part values: PS3.5 section 6.2.
    private static string Ascii(string text) => text.Replace('\\', '/');
}
