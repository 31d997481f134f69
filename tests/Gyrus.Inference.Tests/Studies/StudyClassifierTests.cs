using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.Labels;
using Gyrus.Inference.HeatMaps;
using Gyrus.Inference.Studies;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Xunit;

namespace Gyrus.Inference.Tests.Studies;

/// <summary>Studies of slices of one colour each, by a model that calls green a healthy MRI and blue a glioma.</summary>
public sealed class StudyClassifierTests : IDisposable
{
    private static readonly (byte, byte, byte) Green = (0, 255, 0), Blue = (0, 0, 255);

    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void A_tumour_on_three_neighbours_is_called_and_they_carry_the_answer()
    {
        Write(new WrittenSlice("1", "1.1"), 20, i => i is >= 8 and <= 10 ? Blue : Green);

        var study = Assert.Single(Classify());
        var series = Assert.Single(study.Series);

        Assert.Equal((true, true, true), (study.Accepted, study.IsTumour!.Value, series.IsTumour!.Value));
        Assert.Equal(["8.dcm", "9.dcm", "10.dcm"], series.Carrying.Select(slice => Path.GetFileName(slice.Slice.Path)).OrderBy(name => name.Length).ThenBy(name => name));
        Assert.Equal("mri_glioma", series.Type!.Name);
        Assert.Equal((Modality.Mri, "t1", "axial", 5), (series.Modality, series.Stack.Sequence, series.Stack.Plane, series.Stack.Spacing));
        Assert.Equal(20, series.Slices.Count);
    }

    [Fact]
    public void Slices_are_in_their_order_in_the_head_whatever_their_numbers_and_a_copy_counts_once()
    {
        // Numbers run the other way, and names no way at all.
        var series = new WrittenSlice("1", "1.1");
        for (int i = 0; i < 12; i++) File.WriteAllBytes(_temp.File($"{i * 7 % 12:00}.dcm"), series.Bytes(12 - i, 5 * i, i < 3 ? Blue : Green));
        File.WriteAllBytes(_temp.File("copy"), series.Bytes(12, 0, Blue));

        var files = Files();
        var answer = Assert.Single(Assert.Single(Classify(files)).Series);

        Assert.Equal(1, files.Duplicates);
        Assert.Equal([.. Enumerable.Repeat(true, 3), .. Enumerable.Repeat(false, 9)], answer.Slices.Select(slice => slice.Result.IsTumour!.Value));
    }

    [Fact]
    public void Series_that_are_no_images_of_a_head_are_left_out_with_the_reason_and_the_study_goes_on()
    {
        Write(new WrittenSlice("1", "1.1"), 6, _ => Green);
        Write(new WrittenSlice("1", "1.2") { ImageType = "ORIGINAL\\PRIMARY\\LOCALIZER" }, 6, _ => Blue, "l");
        Write(new WrittenSlice("1", "1.3"), 2, _ => Blue, "thin");

        var study = Assert.Single(Classify());

        Assert.False(study.IsTumour);
        Assert.Equal([null, "Left out: it is a localizer, by which others were planned.", "Left out: it covers 10 mm of the head, and 15 mm are needed."],
            study.Series.OrderBy(series => series.Stack.SeriesUid).Select(series => series.Reason));
    }

    [Fact]
    public void A_series_whose_images_look_to_be_of_another_modality_is_not_accepted()
    {
        Write(new WrittenSlice("1", "1.1") { Modality = "CT", Description = "HEAD" }, 6, _ => Green);

        var study = Assert.Single(Classify());

        Assert.Equal("Its attributes say CT, and its images look like MRI.", Assert.Single(study.Series).Reason);
        Assert.Equal((false, null, "No series of it was accepted."), (study.Accepted, study.Tumour, study.Reason));
    }

    [Fact]
    public void A_slice_that_cannot_be_read_leaves_the_series_its_answer()
    {
        Write(new WrittenSlice("1", "1.1"), 6, _ => Green);
        var bytes = File.ReadAllBytes(_temp.File("3.dcm"));
        File.WriteAllBytes(_temp.File("3.dcm"), bytes[..^5000]);

        var series = Assert.Single(Assert.Single(Classify()).Series);

        Assert.Equal((true, false), (series.Accepted, series.IsTumour!.Value));
        Assert.Contains("3.dcm: the DICOM file is cut off or damaged", Assert.Single(series.Slices, slice => slice.Result.Error is not null).Result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Frames_of_one_object_are_slices()
    {
        File.WriteAllBytes(_temp.File("frames.dcm"), new WrittenSlice("1", "1.1").Bytes(1, 0, Green, Blue, Blue, Blue, Green));

        var slices = FileSlices.Of(_temp.File("frames.dcm"), new SliceReader());

        Assert.Equal(["frames.dcm#1", "frames.dcm#2"], slices.Take(2).Select(slice => Path.GetFileName(slice.Name)));
        using var classifier = ScanClassifier.Open(ColourModel.Write(_temp.File("model")).Folder);
        Assert.Equal([false, true, true, true, false], classifier.Classify(slices, slice => slice.Name, slice => slice.Read(), cancel: TestContext.Current.CancellationToken)
            .Select(result => result.IsTumour!.Value));
    }

    [Fact]
    public void Heat_maps_are_of_the_slices_that_carry_the_answer()
    {
        Write(new WrittenSlice("1", "1.1"), 8, i => i is >= 3 and <= 5 ? Blue : Green);

        var series = Assert.Single(Assert.Single(Classify(heatMaps: new HeatMapOptions(_temp.File("maps")))).Series);

        Assert.Equal(3, series.Carrying.Count);
        Assert.Equal(series.Carrying.Select(slice => Path.GetFileName(slice.Result.HeatMap)).Order(), Directory.GetFiles(_temp.File("maps")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Labels_that_tell_no_tumours_give_no_series_an_answer()
    {
        Write(new WrittenSlice("1", "1.1"), 4, _ => Green);
        var labels = new LabelSet([new ScanLabel("a", null, null), new ScanLabel("b", null, null)]);
        using var classifier = ScanClassifier.Open(ColourModel.Write(_temp.File("model"), labels, "a", "b").Folder);

        var error = Assert.Throws<GyrusException>(() => StudyClassifier.Classify(classifier, Files().Series, null, null, TestContext.Current.CancellationToken));

        Assert.Contains("one by one", error.Message, StringComparison.Ordinal);
    }

    private void Write(WrittenSlice series, int count, Func<int, (byte, byte, byte)> colour, string prefix = "")
    {
        for (int i = 0; i < count; i++) File.WriteAllBytes(_temp.File($"{prefix}{i}.dcm"), series.Bytes(i + 1, 5 * i, colour(i)));
    }

    private StudyFiles Files() => StudyFiles.Read([.. Directory.GetFiles(_temp.Path).Order(StringComparer.Ordinal)], new SliceReader(), null, TestContext.Current.CancellationToken);

    private List<StudyAnswer> Classify(StudyFiles? files = null, HeatMapOptions? heatMaps = null)
    {
        files ??= Files();
        using var classifier = ScanClassifier.Open(ColourModel.Write(_temp.File("model")).Folder);
        return [.. StudyClassifier.Classify(classifier, files.Series, null, heatMaps, TestContext.Current.CancellationToken)];
    }
}
