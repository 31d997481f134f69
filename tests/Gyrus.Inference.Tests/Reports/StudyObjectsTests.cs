using Gyrus.Dicom.Parsing;
using Gyrus.Dicom.Writing;
using Gyrus.Imaging.Decoding;
using Gyrus.Inference.HeatMaps;
using Gyrus.Inference.Reports;
using Gyrus.Inference.Studies;
using Gyrus.Models;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Xunit;

namespace Gyrus.Inference.Tests.Reports;

/// <summary>A study of one series with a tumour on three slices, as DICOM objects.</summary>
public sealed class StudyObjectsTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    private static readonly (byte, byte, byte) Green = (0, 255, 0), Blue = (0, 0, 255);

    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void The_report_is_of_the_same_patient_and_study_and_names_model_probability_and_slices()
    {
        var report = DicomFile.Parse("report", StudyObjects.Of(Study(new DicomUids()))[0].Bytes).Data;

        Assert.Equal(("1.2.840.10008.5.1.4.1.1.88.33", "SR", "UNVERIFIED"), (report.Text(DicomTags.SopClassUid), report.Text(DicomTags.Modality), report.Text(ReportTags.VerificationFlag)));
        Assert.Equal(("Müller^Jürgen", "1", "1.9"), (report.Text(DicomTags.PatientName), report.Text(DicomTags.StudyInstanceUid), report.Text(DicomTags.AccessionNumber)));
        Assert.Equal("20261129", report.Text(ReportTags.ContentDate));
        Assert.Equal("1500", report.Items(ReportTags.ContentTemplateSequence)[0].Text(ReportTags.TemplateIdentifier));
        var content = Flat(report).ToList();
        var number = Assert.Single(content, item => item.Text(ReportTags.ValueType) == "NUM");
        double probability = number.Items(ReportTags.MeasuredValueSequence)[0].Number(ReportTags.NumericValue)!.Value;
        Assert.InRange(probability, 0.9, 1);
        Assert.Equal(["1.1.3", "1.1.4", "1.1.5"], Images(number.Items(ReportTags.ContentSequence)).Order());
        Assert.Contains(content, item => item.Text(ReportTags.ValueType) == "TEXT" && item.Text(ReportTags.TextValue) == "Research software, not a medical device.");
        Assert.Contains(content, item => item.Text(ReportTags.ValueType) == "TEXT" && item.Text(ReportTags.TextValue) == Model().Version);
        var evidence = report.Items(ReportTags.CurrentRequestedProcedureEvidenceSequence)[0].Items(ReportTags.ReferencedSeriesSequence)[0];
        Assert.Equal(8, evidence.Items(ReportTags.ReferencedSopSequence).Count);
    }

    [Fact]
    public void Heat_maps_are_captures_of_the_slices_that_carry_the_answer()
    {
        var captures = StudyObjects.Of(Study(new DicomUids())).Skip(1).Select(one => DicomFile.Parse("capture", one.Bytes)).ToList();

        Assert.Equal(["1.1.3", "1.1.4", "1.1.5"], captures.Select(capture => capture.Data.Items(ReportTags.SourceImageSequence)[0].Text(ReportTags.ReferencedSopInstanceUid)).Order());
        Assert.Single(captures.Select(capture => capture.Data.Text(DicomTags.SeriesInstanceUid)).Distinct());
        Assert.Equal(captures.Count, captures.Select(capture => capture.Data.Text(DicomTags.SopInstanceUid)).Distinct().Count());
        var scan = ScanDecoder.Decode("capture", StudyObjects.Of(Study(new DicomUids()))[1].Bytes);
        Assert.True(scan.Width > 64 && scan.Height >= 64);
    }

    [Fact]
    public void Objects_of_one_answer_have_the_same_uids_under_the_users_root_and_of_another_others()
    {
        var uids = new DicomUids("1.2.826.0.1.3680043.8.498");
        var study = Study(uids);

        string[] first = [.. StudyObjects.Of(study).Select(one => one.InstanceUid)];

        Assert.All(first, uid => Assert.StartsWith(uids.Root, uid, StringComparison.Ordinal));
        Assert.Equal(first, StudyObjects.Of(study with { Made = Noon.AddDays(1) }).Select(one => one.InstanceUid));
        Assert.Empty(first.Intersect(StudyObjects.Of(study with { Model = Model() with { Version = "9" } }).Select(one => one.InstanceUid)));
    }

    [Fact]
    public void A_study_without_an_answer_has_a_report_that_says_why()
    {
        var study = Study(new DicomUids(), modality: "CT");

        var report = DicomFile.Parse("report", Assert.Single(StudyObjects.Of(study)).Bytes).Data;

        Assert.DoesNotContain(Flat(report), item => item.Text(ReportTags.ValueType) == "NUM");
        Assert.Contains(Flat(report), item => item.Text(ReportTags.TextValue) == "Series 1.1: Its attributes say CT, and its images look like MRI.");
        Assert.Contains(Flat(report), item => item.Items(ReportTags.ConceptCodeSequence).Any(code => code.Text(ReportTags.CodeValue) == "NO_ANSWER"));
    }

    private ReportedStudy Study(DicomUids uids, string modality = "MR")
    {
        var series = new WrittenSlice("1", "1.1") { Modality = modality };
        for (int i = 0; i < 8; i++) File.WriteAllBytes(_temp.File($"{i}.dcm"), series.Bytes(i + 1, 5 * i, i is >= 2 and <= 4 ? Blue : Green));
        var files = StudyFiles.Read([.. Directory.GetFiles(_temp.Path, "*.dcm")], new SliceReader(), null, TestContext.Current.CancellationToken);
        using var classifier = ScanClassifier.Open(ColourModel.Write(_temp.File("model")).Folder);
        var answer = Assert.Single(StudyClassifier.Classify(classifier, files.Series, null, new HeatMapOptions(Folder: null), TestContext.Current.CancellationToken));
        // Of another alphabet than the report's.
        var source = DicomFile.Parse("source", WrittenDicom.File(TransferSyntax.ExplicitLittleEndian, data => data
            .Text(DicomTags.SpecificCharacterSet, "CS", "ISO_IR 100").Text(DicomTags.AccessionNumber, "SH", "1.9")
            .Text(DicomTags.PatientName, "PN", "Müller^Jürgen").Text(DicomTags.StudyInstanceUid, "UI", "1"))).Data;
        return new(answer, source, classifier.Package.Description, uids, Noon);
    }

    private ModelDescription Model() => ModelPackage.Load(_temp.File("model")).Description;

    private static IEnumerable<DicomDataset> Flat(DicomDataset item) => item.Items(ReportTags.ContentSequence).SelectMany(below => (IEnumerable<DicomDataset>)[below, .. Flat(below)]);

    private static IEnumerable<string> Images(IReadOnlyList<DicomDataset> items) =>
        items.Select(item => item.Items(ReportTags.ReferencedSopSequence)[0].Text(ReportTags.ReferencedSopInstanceUid));
}
