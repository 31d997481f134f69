using System.Globalization;
using Gyrus.Dicom.Parsing;
using Gyrus.Dicom.Writing;
using Gyrus.Inference.Studies;
using Gyrus.Models;

namespace Gyrus.Inference.Reports;

/// <summary>The answer to a study as a structured report that archives and viewers of other makers read: the Imaging Measurement Report of PS3.16, TID 1500, as a Comprehensive SR.</summary>
public static class StudyReport
{
    private const string ComprehensiveSr = "1.2.840.10008.5.1.4.1.1.88.33";

    // Behind those of scanners, which count from 1.
    private const int SeriesNumber = 9001;

    /// <summary>Makes the report.</summary>
    /// <param name="study">The study.</param>
    public static DicomDataset Of(ReportedStudy study)
    {
        ArgumentNullException.ThrowIfNull(study);
        var images = study.Answered.SelectMany(series => series.Slices).Select(slice => slice.Slice).ToList();
        var report = study.NewObject(ComprehensiveSr, "report", "report series", "SR", SeriesNumber, 1, "Gyrus: what the model sees")
            .Sequence(ReportTags.ReferencedPerformedProcedureStepSequence).Sequence(ReportTags.PerformedProcedureCodeSequence)
            // A person has not vouched for it, and must: PS3.3 section C.17.2.
            .Text(ReportTags.CompletionFlag, "COMPLETE").Text(ReportTags.VerificationFlag, "UNVERIFIED")
            .Text(ReportTags.ValueType, "CONTAINER").Sequence(ReportTags.ConceptNameCodeSequence, ReportCode.MeasurementReport.Item())
            .Text(ReportTags.ContinuityOfContent, "SEPARATE").Sequence(ReportTags.ContentTemplateSequence, Template("1500"))
            .Sequence(ReportTags.ContentSequence, Content(study, images));
        if (images.Count > 0) report.Sequence(ReportTags.CurrentRequestedProcedureEvidenceSequence, Evidence(study));
        return report.Build();
    }

    private static DicomDataset Template(string number) =>
        new DatasetBuilder().Text(ReportTags.MappingResource, "DCMR").Text(ReportTags.TemplateIdentifier, number).Build();

    private static List<DicomDataset> Content(ReportedStudy study, List<SeriesSlice> images)
    {
        List<DicomDataset> content =
        [
            ReportContent.Code(ReportContent.HasModifier, ReportCode.Language, ReportCode.English),
            .. Observer(study),
            ReportContent.Code(
                ReportContent.HasModifier, ReportCode.ProcedureReported, study.Source.Text(DicomTags.Modality) == "CT" ? ReportCode.CtHead : ReportCode.MrBrain),
        ];
        if (images.Count > 0)
        {
            content.Add(ReportContent.Container(ReportContent.Contains, ReportCode.ImageLibrary, ReportContent.Container(
                ReportContent.Contains, ReportCode.ImageLibraryGroup,
                [.. images.DistinctBy(image => image.InstanceUid).Select(image => ReportContent.Image(ReportContent.Contains, null, image.ClassUid, image.InstanceUid, frame: null))])));
        }
        List<DicomDataset> groups = [.. study.Answered.Where(series => series.Accepted).Select(series => Group(study, series))];
        if (groups.Count > 0) content.Add(ReportContent.Container(ReportContent.Contains, ReportCode.Measurements, groups));
        content.Add(ReportContent.Container(ReportContent.Contains, ReportCode.Qualitative, [.. Said(study)]));
        return content;
    }

    /// <summary>TID 1004: the program that looked.</summary>
    private static DicomDataset[] Observer(ReportedStudy study) =>
    [
        ReportContent.Code(ReportContent.HasContext, ReportCode.ObserverType, ReportCode.Device),
        ReportContent.Uid(ReportContent.HasContext, ReportCode.DeviceUid, study.Uids.Of($"{study.Model.Name}\n{study.Model.Version}\n{study.Model.NetworkHash}")),
        ReportContent.Text(ReportContent.HasContext, ReportCode.DeviceName, "Gyrus"),
        ReportContent.Text(ReportContent.HasContext, ReportCode.DeviceManufacturer, "Gyrus"),
        ReportContent.Text(ReportContent.HasContext, ReportCode.DeviceModel, study.Model.Name),
        ReportContent.Text(ReportContent.HasContext, ReportCode.DeviceVersion, study.Model.Version),
    ];

    /// <summary>TID 1501: what was measured on a series.</summary>
    private static DicomDataset Group(ReportedStudy study, SeriesAnswer series) => ReportContent.Container(
        ReportContent.Contains, ReportCode.MeasurementGroup,
        ReportContent.Text(ReportContent.HasContext, ReportCode.TrackingIdentifier, series.Stack.Description.Length > 0 ? series.Stack.Description : "series"),
        ReportContent.Uid(ReportContent.HasContext, ReportCode.TrackingUid, study.Uid("series " + series.Stack.SeriesUid)),
        ReportContent.Code(ReportContent.Contains, ReportCode.Finding, ReportCode.Neoplasm),
        ReportContent.Code(ReportContent.HasModifier, ReportCode.FindingSite, ReportCode.Brain),
        ReportContent.Number(
            ReportContent.Contains, ReportCode.Probability, series.Tumour!.Value,
            [.. series.Carrying.Select(slice => ReportContent.Image(
                ReportContent.InferredFrom, ReportCode.SourceOfMeasurement, slice.Slice.ClassUid, slice.Slice.InstanceUid, slice.Slice.Frame))]),
        ReportContent.Code(ReportContent.Contains, ReportCode.Verdict, series.IsTumour == true ? ReportCode.SeesTumour : ReportCode.SeesNone));

    private static IEnumerable<DicomDataset> Said(ReportedStudy study)
    {
        var answer = study.Answer;
        yield return ReportContent.Code(
            ReportContent.Contains, ReportCode.Verdict,
            !answer.Accepted ? ReportCode.GivesNoAnswer : answer.IsTumour == true ? ReportCode.SeesTumour : ReportCode.SeesNone);
        if (answer.Tumour is { } tumour)
        {
            yield return ReportContent.Text(ReportContent.Contains, ReportCode.Comment, string.Create(
                CultureInfo.InvariantCulture, $"The probability of a tumour in the study is {100 * tumour:0.0} %, where one study in two has one."));
        }
        foreach (var series in answer.Series.Where(series => series.Reason is not null))
            yield return ReportContent.Text(ReportContent.Contains, ReportCode.Comment, $"Series {series.Stack.SeriesUid}: {series.Reason}");
        foreach (var limit in AnswerLimits.Of(study.Model)) yield return ReportContent.Text(ReportContent.Contains, ReportCode.Comment, limit);
        yield return ReportContent.Text(ReportContent.Contains, ReportCode.Comment, "Research software, not a medical device.");
    }

    /// <summary>Every object that the report names: PS3.3 section C.17.2.3.</summary>
    private static DicomDataset Evidence(ReportedStudy study) => new DatasetBuilder()
        .Text(DicomTags.StudyInstanceUid, study.Answer.Uid)
        .Sequence(ReportTags.ReferencedSeriesSequence, [.. study.Answered.GroupBy(series => series.Stack.SeriesUid).Select(series => new DatasetBuilder()
            .Text(DicomTags.SeriesInstanceUid, series.Key)
            .Sequence(ReportTags.ReferencedSopSequence, [.. series.SelectMany(stack => stack.Slices).Select(slice => slice.Slice).DistinctBy(slice => slice.InstanceUid)
                .Select(slice => ReportContent.Reference(slice.ClassUid, slice.InstanceUid))])
            .Build())])
        .Build();
}
