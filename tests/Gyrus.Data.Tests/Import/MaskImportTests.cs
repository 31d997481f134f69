using Gyrus.Data.Import;
using Gyrus.Data.Manifests;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Data.Tests.Import;

/// <summary>Masks of lesions: paths among the further columns of a list.</summary>
public sealed class MaskImportTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Run_keeps_the_known_columns_and_a_mask_is_found_from_wherever_the_manifest_lies()
    {
        Directory.CreateDirectory(folder.File("list/masks"));
        Image("list/a.png");
        Image("list/b.png");
        Image("list/masks/a.png");
        File.WriteAllText(
            folder.File("list/list.csv"),
            "path,label,source,patient,sequence,plane,mask,terms\na.png,mri_glioma,lgg,p1,flair,axial,masks/a.png,free\nb.png,mri_healthy,lgg,p1,t1,axial,,free\n");

        foreach (var target in (string[])["list/beside.csv", "other/apart.csv", "above.csv"])
        {
            var manifest = Import("list/list.csv", target).Manifest;
            manifest.Save(folder.File(target));
            var loaded = Manifest.Load(folder.File(target));

            Assert.Equal(["source", "patient", "sequence", "plane", "mask", "terms"], loaded.MoreColumns);
            Assert.Equal([folder.File("list/masks/a.png"), null], loaded.Rows.Select(loaded.MaskPath));
            Assert.Equal(
                ("lgg", "p1", "flair", "axial"),
                (loaded.Value(loaded.Rows[0], KnownColumns.Source), loaded.Value(loaded.Rows[0], KnownColumns.Patient),
                    loaded.Value(loaded.Rows[0], KnownColumns.Sequence), loaded.Value(loaded.Rows[0], KnownColumns.Plane)));
        }
        Assert.Equal("masks/a.png", Value("list/beside.csv"));
        Assert.Equal("list/masks/a.png", Value("above.csv"));

        string Value(string path) => Manifest.Load(folder.File(path)) is var manifest ? manifest.Value(manifest.Rows[0], KnownColumns.Mask) : "";
    }

    [Fact]
    public void MovedTo_takes_the_masks_along_with_the_paths()
    {
        Directory.CreateDirectory(folder.File("set"));
        Image("set/a.png");
        Image("set/mask.png");
        File.WriteAllText(folder.File("set/list.csv"), "path,label,mask\na.png,mri_glioma,mask.png\n");
        var manifest = Import("set/list.csv", "set/dataset.csv").Manifest;

        var there = manifest.MovedTo(folder.File("elsewhere/dataset.csv"));
        var back = there.MovedTo(folder.File("set/dataset.csv"));

        Assert.Equal(folder.File("set/mask.png"), there.MaskPath(there.Rows[0]));
        Assert.Equal(manifest.Rows, back.Rows);
    }

    [Fact]
    public void Run_tells_a_mask_that_is_not_there_once_and_leaves_it_empty()
    {
        Image("a.png");
        Image("b.png");
        File.WriteAllText(folder.File("list.csv"), "path,label,mask\na.png,mri_glioma,gone.png\nb.png,mri_glioma,gone.png\n");

        var result = Import("list.csv", "dataset.csv");

        Assert.Equal([folder.File("gone.png")], result.MissingMasks);
        Assert.Equal([null, null], result.Manifest.Rows.Select(result.Manifest.MaskPath));
        Assert.Empty(result.Unreadable);
    }

    private void Image(string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.File(name))!);
        File.WriteAllBytes(folder.File(name), ZipFiles.Png(8, 8));
    }

    private ImportResult Import(string list, string target) => DatasetImport.Run(
        folder.File(list), folder.File(target), folder.File("images"), null, TestContext.Current.CancellationToken);
}
