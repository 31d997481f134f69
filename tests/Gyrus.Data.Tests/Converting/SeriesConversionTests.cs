using Gyrus.Data.Converting;
using Gyrus.Dicom.Display;
using Gyrus.Dicom.Nifti;
using Gyrus.Imaging.Decoding;
using Gyrus.Testing;
using NetVips;
using Xunit;

namespace Gyrus.Data.Tests.Converting;

/// <summary>Conversions of files that the tests write.</summary>
public sealed class SeriesConversionTests : IDisposable
{
    private readonly TempFolder _work = new();

    [Fact]
    public void Levels_give_the_values_back()
    {
        // Hounsfield units: from -1024 on, by a slope of 2.
        var files = Series(new WrittenSlice("1.2", "1.2.3") { Modality = "CT", Number = 4, Description = "Schädel / AX  #1" }, 3, slope: 2, intercept: -1024);

        var series = Assert.Single(Run(files, ConversionTarget.Png16).Series);

        Assert.Equal(_work.File("out/004-Sch_del_AX_1"), series.Path);
        Assert.Equal((1, -1024, true, "HU"), (series.Levels!.Slope, series.Levels.Offset, series.Levels.IsExact, series.Unit));
        var rows = SliceRows.Read(series.Table!);
        Assert.Equal(["0001.png", "0002.png", "0003.png"], rows.Select(row => row["file"]));
        Assert.Equal(["0", "5", "10"], rows.Select(row => row["place_mm"]));
        Assert.All(rows, row => Assert.Equal(("0.5", "0.75"), (row["row_spacing_mm"], row["column_spacing_mm"])));
        for (int slice = 0; slice < 3; slice++)
        {
            Assert.Equal(files[slice], rows[slice]["source"]);
            var levels = Levels(rows[slice]["path"]);
            Assert.All(Enumerable.Range(0, 48 * 64), i => Assert.Equal((2 * Stored(slice, i % 64, i / 64)) - 1024, levels[i] + series.Levels.Offset));
        }
    }

    [Fact]
    public void Values_that_are_no_whole_numbers_keep_their_slope()
    {
        var series = Assert.Single(Run(Series(new WrittenSlice("1.2", "1.2.3"), 2, slope: 0.25, intercept: -10.5), ConversionTarget.Png16).Series);

        Assert.Equal((0.25, -10.5, true), (series.Levels!.Slope, series.Levels.Offset, series.Levels.IsExact));
        Assert.Equal((ushort)Stored(1, 5, 7), Levels(Path.Combine(series.Path!, "0002.png"))[(7 * 64) + 5]);
    }

    [Fact]
    public void Slices_of_different_slopes_are_rounded_to_equal_steps_and_it_is_told()
    {
        string[] files = [.. Enumerable.Range(0, 2).Select(slice => Write($"{slice}", new WrittenSlice("1.2", "1.2.3").Grey(slice, slice * 5, (_, x, y) => Stored(slice, x, y), 0.1 + (slice * 0.07))))];

        var series = Assert.Single(Run(files, ConversionTarget.Png16).Series);

        Assert.False(series.Levels!.IsExact);
        var levels = Levels(Path.Combine(series.Path!, "0002.png"));
        Assert.All(Enumerable.Range(0, 48 * 64), i =>
            Assert.Equal(Stored(1, i % 64, i / 64) * 0.17, (levels[i] * series.Levels.Slope) + series.Levels.Offset, 0.51 * series.Levels.Slope));
    }

    [Fact]
    public void A_volume_has_the_values_in_their_places()
    {
        var series = Assert.Single(Run(Series(new WrittenSlice("1.2", "1.2.3") { Description = "AX T1" }, 4, slope: 2, intercept: -1024), ConversionTarget.Nifti).Series);

        Assert.Equal(_work.File("out/001-AX_T1.nii.gz"), series.Path);
        var volume = NiftiVolume.Read(series.Path!);
        Assert.Equal([64, 48, 4], volume.Header.Size);
        Assert.Equal(4, volume.Header.SampleType); // int16
        // DICOM runs to the left and the back, NIfTI to the right and the front.
        Assert.Equal(new double[,] { { -0.75, 0, 0, 0 }, { 0, -0.5, 0, 0 }, { 0, 0, 5, 0 } }, volume.Header.Affine);
        for (int z = 0; z < 4; z++)
        {
            for (int y = 0; y < 48; y++)
            {
                for (int x = 0; x < 64; x++) Assert.Equal((2 * Stored(z, x, y)) - 1024, volume.Value(x, y, z));
            }
        }
        Assert.Equal(4, SliceRows.Read(series.Table!).Count);
    }

    [Fact]
    public void Values_that_are_no_whole_numbers_make_a_volume_of_float32()
    {
        var series = Assert.Single(Run(Series(new WrittenSlice("1.2", "1.2.3"), 2, slope: 0.1, intercept: 0), ConversionTarget.Nifti).Series);

        var volume = NiftiVolume.Read(series.Path!);
        Assert.Equal(16, volume.Header.SampleType);
        Assert.Equal((float)(Stored(1, 5, 7) * 0.1), volume.Value(5, 7, 1));
    }

    [Fact]
    public void Images_as_displayed_are_those_that_the_network_sees()
    {
        var files = Series(new WrittenSlice("1.2", "1.2.3") { Modality = "CT" }, 2, slope: 1, intercept: -1024);

        var series = Assert.Single(Run(files, ConversionTarget.Png, GreyWindow.Parse("bone")).Series);

        var shown = ScanDecoder.Read(Path.Combine(series.Path!, "0002.png"));
        Assert.Equal(new SliceReader(GreyWindow.Parse("bone")).Dicom(files[1], 0).Rgb, shown.Rgb);
        // Pixels are square there.
        Assert.All(SliceRows.Read(series.Table!), row => Assert.Equal(SliceRows.Number(row["row_spacing_mm"]), SliceRows.Number(row["column_spacing_mm"]), 0.01));
    }

    [Fact]
    public void Frames_are_told_apart()
    {
        var file = Write("frames", new WrittenSlice("1.2", "1.2.3").Grey(1, 0, Stored, frames: 3));

        var series = Assert.Single(Run([file], ConversionTarget.Png16).Series);

        Assert.Equal(["1", "2", "3"], SliceRows.Read(series.Table!).Select(row => row["frame"]));
        Assert.Equal((ushort)Stored(2, 9, 3), Levels(Path.Combine(series.Path!, "0003.png"))[(3 * 64) + 9]);
    }

    [Fact]
    public void What_cannot_be_converted_is_told_and_the_rest_goes_on()
    {
        List<string> files = Series(new WrittenSlice("1.2", "1.2.3"), 2, slope: 1, intercept: 0);
        // The second of three slices is missing between these.
        files.AddRange(((int[])[0, 1, 3]).Select(slice => Write($"uneven{slice}", new WrittenSlice("1.2", "1.2.4") { Number = 2 }.Grey(slice, slice * 5, Stored))));
        files.Add(Write("colours", new WrittenSlice("1.2", "1.2.5") { Number = 3 }.Bytes(1, 0, (9, 8, 7))));
        files.AddRange(Enumerable.Range(0, 2).Select(echo => Write($"echo{echo}", new WrittenSlice("1.2", "1.2.6") { Number = 4 }.Grey(echo, 0, Stored))));
        files.Add(Write("cut", new WrittenSlice("1.2", "1.2.7") { Number = 5 }.Grey(1, 0, Stored)[..^100]));
        files.Add(Write("notes.txt", "no image"u8.ToArray()));

        var result = Run(files, ConversionTarget.Nifti);

        Assert.Equal(["001-AX_T1.nii.gz", "001-AX_T1.slices.csv"], Directory.GetFiles(_work.File("out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(4, result.Faults.Count);
        Assert.Contains(result.Faults, fault => fault.Contains("series 2 (3 images) was not converted: its slices are not evenly spaced: they are from 5 to 10 mm apart", StringComparison.Ordinal));
        Assert.Contains(result.Faults, fault => fault.Contains("series 3 (1 image) was not converted: its pixels are colours", StringComparison.Ordinal));
        Assert.Contains(result.Faults, fault => fault.Contains("1 of its 2 images share a place with another", StringComparison.Ordinal));
        Assert.Contains(result.Faults, fault => fault.Contains("cut", StringComparison.Ordinal) && fault.Contains("ends before the last pixel", StringComparison.Ordinal));
        Assert.Equal(_work.File("notes.txt"), Assert.Single(result.Others));

        Assert.Equal(5, Run(files, ConversionTarget.Png).Series.Count(series => series.Written > 0 || series.Faults.Count > 0));
        Assert.Single(Run(files, ConversionTarget.Png16).Faults, fault => fault.Contains("colours", StringComparison.Ordinal));
    }

    [Fact]
    public void A_slice_that_cannot_be_read_is_left_out_of_the_folder()
    {
        var files = Series(new WrittenSlice("1.2", "1.2.3"), 3, slope: 1, intercept: 0);
        File.WriteAllBytes(files[1], File.ReadAllBytes(files[1])[..^100]);

        var series = Assert.Single(Run(files, ConversionTarget.Png16).Series);

        Assert.Equal((3, 2), (series.Found, series.Written));
        Assert.Single(series.Faults);
        Assert.Equal(["0001.png", "0003.png", "slices.csv"], Directory.GetFiles(series.Path!).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_second_run_replaces_the_first_and_nothing_else()
    {
        var files = Series(new WrittenSlice("1.2", "1.2.3"), 3, slope: 1, intercept: 0);
        var folder = Assert.Single(Run(files, ConversionTarget.Png16).Series).Path!;

        Run(files[..2], ConversionTarget.Png16);
        Assert.Equal(["0001.png", "0002.png", "slices.csv"], Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Single(Directory.GetDirectories(_work.File("out")));

        File.WriteAllText(Path.Combine(folder, "mine.dcm"), "");
        var error = Assert.Throws<GyrusException>(() => Run(files, ConversionTarget.Png16));
        Assert.Contains("mine.dcm, which no conversion wrote", error.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, "mine.dcm")));
    }

    [Fact]
    public void Series_of_one_name_and_of_several_studies_have_places_of_their_own()
    {
        List<string> files = [];
        foreach (var (study, series) in ((string, string)[])[("1.2", "1.2.3"), ("1.2", "1.2.4"), ("1.5", "1.5.3")])
            files.Add(Write(series, new WrittenSlice(study, series) { Patient = "Somebody", Description = "" }.Grey(1, 0, Stored)));

        var paths = Run(files, ConversionTarget.Png).Series.Select(series => Path.GetRelativePath(_work.File("out"), series.Path!)).ToList();

        Assert.Equal(3, paths.Distinct().Count());
        Assert.All(paths, path => Assert.Matches("^study-[0-9a-f]{12}/001(-2)?$", path));
        Assert.Equal(2, paths.DistinctBy(Path.GetDirectoryName).Count());
    }

    [Fact]
    public void A_volume_is_cut_in_its_planes()
    {
        var grid = new double[,] { { -1, 0, 0, 30 }, { 0, 1, 0, -20 }, { 0, 0, 1, 5 } };
        NiftiWriter.Write(_work.File("head.nii.gz"), (5, 6, 7), grid, isWhole: true, Enumerable.Range(0, 7).Select(z => Enumerable.Range(0, 30).Select(i => (float)((z * 30) + i - 9)).ToArray()));

        var result = Run([_work.File("head.nii.gz")], ConversionTarget.Png16);

        Assert.Equal(["head-axial", "head-coronal", "head-sagittal"], result.Series.Select(series => Path.GetFileName(series.Path)));
        Assert.Equal([7, 6, 5], result.Series.Select(series => series.Written));
        // The first axial slice from the front, right side left: x runs to the left here, and y to the front.
        Assert.Equal(Enumerable.Range(0, 30).Select(i => (ushort)((5 - (i / 5)) * 5 + (i % 5))), Levels(_work.File("out/head-axial/0001.png")));
        Assert.Equal(-9, result.Series[0].Levels!.Offset);
        Assert.Contains("NIfTI volume already", Assert.Single(Run([_work.File("head.nii.gz")], ConversionTarget.Nifti).Faults), StringComparison.Ordinal);
    }

    public void Dispose() => _work.Dispose();

    private static short Stored(int slice, int x, int y) => (short)((slice * 100) + (3 * x) + (7 * y));

    private List<string> Series(WrittenSlice slice, int count, double slope, double intercept) =>
        [.. Enumerable.Range(0, count).Select(i => Write($"{slice.Series}-{i}.dcm", slice.Grey(i, i * 5, (_, x, y) => Stored(i, x, y), slope, intercept)))];

    private string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(_work.File(name), bytes);
        return _work.File(name);
    }

    private ConversionResult Run(IReadOnlyList<string> files, ConversionTarget target, GreyWindow? window = null) =>
        SeriesConversion.Run(files, _work.File("out"), target, window, progress: null, TestContext.Current.CancellationToken);

    private static ushort[] Levels(string path)
    {
        using var image = Image.NewFromFile(path);
        Assert.Equal((Enums.BandFormat.Ushort, 1), (image.Format, image.Bands));
        return image.WriteToMemory<ushort>();
    }
}
