using Gyrus.Dicom.Parsing;
using Gyrus.Dicom.Writing;

namespace Gyrus.Inference.Reports;

/// <summary>A DICOM object that was made of an answer.</summary>
/// <param name="InstanceUid">Its UID.</param>
/// <param name="Bytes">The file.</param>
public sealed record StudyObject(string InstanceUid, byte[] Bytes);

/// <summary>All objects that are made of an answer to a study.</summary>
public static class StudyObjects
{
    /// <summary>The report, and a heat map of each slice that carries an answer and has its picture.</summary>
    /// <param name="study">The study.</param>
    public static IReadOnlyList<StudyObject> Of(ReportedStudy study) => [.. ((DicomDataset[])[StudyReport.Of(study), .. HeatMapCapture.Of(study)])
        .Select(data => new StudyObject(data.Text(DicomTags.SopInstanceUid), DicomWriter.File(data, TransferSyntax.ExplicitLittleEndian)))];
}
