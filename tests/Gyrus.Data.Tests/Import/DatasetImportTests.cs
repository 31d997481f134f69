using Gyrus.Data.Copies;
using Gyrus.Data.Import;
using Gyrus.Data.Manifests;
using Gyrus.Data.Splits;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Data.Tests.Import;

public sealed class DatasetImportTests
{
    [Theory]
    [InlineData("Dataset/Brain Tumor CT scan Images/Healthy/ct_healthy (1).jpg", "ct_healthy", Split.None)]
    [InlineData("Dataset/Brain Tumor CT scan Images/Tumor/x.png", "ct_tumor", Split.None)]
    [InlineData("Brain Tumor MRI images/Healthy/x.png", "mri_healthy", Split.None)]
    [InlineData("Brain Tumor MRI images/Tumor/glioma (2).jpg", "mri_glioma", Split.None)]
    [InlineData("Brain Tumor MRI images/Tumor/meningioma (2).jpg", "mri_meningioma", Split.None)]
    [InlineData("Brain Tumor MRI images/Tumor/pituitary (2).jpg", "mri_pituitary", Split.None)]
    [InlineData("Brain Tumor MRI images/Tumor/tumor (2).jpg", "mri_tumor", Split.None)]
    [InlineData("mri_glioma/x.png", "mri_glioma", Split.None)]
    [InlineData("MRI_Glioma/x.png", "mri_glioma", Split.None)]
    [InlineData("train/ct_tumor/x.png", "ct_tumor", Split.Train)]
    [InlineData("Validation/ct_tumor/x.png", "ct_tumor", Split.Val)]
    [InlineData("set/test/ct_tumor/deeper/x.png", "ct_tumor", Split.Test)]
    public void Read_of_a_known_layout_gives_label_and_part(string path, string label, Split split) =>
        Assert.Equal((label, split), Assert.Single(FolderLayout.Read([path])));

    [Theory]
    [InlineData("x.png", "no/y.png", null, "no")]
    [InlineData("Brain Tumor MRI images/Unknown/x.png", "Brain Tumor MRI images/Healthy/y.png", null, "mri_healthy")]
    [InlineData("yes/x.png", "no/y.png", "yes", "no")]
    [InlineData("mri_healthy/x.png", "mri_lymphoma/y.png", "mri_healthy", "mri_lymphoma")]
    [InlineData("archive/brain/Yes/a/x.png", "archive/brain/No/b/y.png", "Yes", "No")]
    [InlineData("Training/glioma/x.png", "Testing/notumor/y.png", "train glioma", "test notumor")]
    [InlineData("set/VALID/glioma/patient 1/x.png", "set/train/normal/patient 2/y.png", "val glioma", "train normal")]
    [InlineData("Training/glioma/x.png", "Training/notumor/y.png", "train glioma", "train notumor")]
    [InlineData("Training/glioma/x.png", "sheets/y.png", "train glioma", "sheets")]
    [InlineData("set/only/x.png", "set/only/y.png", "only", "only")]
    public void Read_of_any_labels_takes_the_folders_that_differ(string first, string second, string? label, string? other) =>
        Assert.Equal([label, other], FolderLayout.Read([first, second]).Select(place => place is var (name, split)
            ? $"{split.ToString().ToLowerInvariant()} {name}".Replace("none ", "", StringComparison.Ordinal) : null));

    [Fact]
    public void Run_on_a_folder_reads_sizes_and_hashes_and_reports_what_it_cannot_read()
    {
        using var folder = new TempFolder();
        WriteImage(folder.File("set/train/ct_tumor/a.png"), 20, 10);
        WriteImage(folder.File("set/test/mri_healthy/b.png"), 30, 30);
        WriteText(folder.File("set/test/mri_healthy/broken.png"), "not an image");
        WriteText(folder.File("set/test/mri_healthy/Thumbs.db"), "clutter");

        var result = Import(folder, folder.File("set"));

        Assert.Equal(["set/test/mri_healthy/b.png", "set/train/ct_tumor/a.png"], result.Manifest.Rows.Select(row => row.Path));
        var row = result.Manifest.Rows[1];
        Assert.Equal((20, 10, "ct_tumor", Split.Train, Split.Train), (row.Width, row.Height, row.Label, row.Split, row.Published));
        Assert.Equal(
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(folder.File("set/train/ct_tumor/a.png")))),
            row.Sha256);
        Assert.Contains("broken.png", Assert.Single(result.Unreadable).Path, StringComparison.Ordinal);
        Assert.Equal(1, result.Ignored);
    }

    [Fact]
    public void Run_on_a_csv_takes_its_labels_and_parts()
    {
        using var folder = new TempFolder();
        WriteImage(folder.File("scans/a, \"b\".png"), 8, 8);
        WriteText(folder.File("list.csv"), "path,label,split\n\"scans/a, \"\"b\"\".png\",mri_glioma,val\n");

        var row = Assert.Single(Import(folder, folder.File("list.csv")).Manifest.Rows);

        Assert.Equal(("scans/a, \"b\".png", "mri_glioma", Split.Val), (row.Path, row.Label, row.Split));
    }

    [Fact]
    public void Run_on_a_csv_keeps_its_further_columns_so_that_it_can_be_split_by_one()
    {
        using var folder = new TempFolder();
        WriteImage(folder.File("a.png"), 8, 8);
        WriteImage(folder.File("b.png"), 9, 8);
        WriteImage(folder.File("c.png"), 10, 8);
        WriteText(
            folder.File("list.csv"),
            "patient,path,note,label,width,fold\n\"Doe, J\",a.png,blurred,mri_glioma,7,3\n\"Doe, J\",b.png,,mri_glioma,7,\n"
            + ",c.png,,mri_glioma,7\n");
        Import(folder, folder.File("list.csv")).Manifest.Save(folder.File("dataset.csv"));

        var manifest = Manifest.Load(folder.File("dataset.csv"));
        var groups = ScanGroups.Assign(manifest, new CopyReport([], []), "patient").Rows.Select(row => row.Group).ToList();

        Assert.Equal(["patient", "source_note", "source_fold"], manifest.MoreColumns);
        Assert.Equal(["Doe, J", "blurred", "3"], manifest.Rows[0].More.Values);
        Assert.Equal(["", "", ""], manifest.Rows[2].More.Values);
        Assert.Equal((8, "", (int?)null), (manifest.Rows[0].Width, manifest.Rows[0].Note, manifest.Rows[0].Fold));
        Assert.Equal(groups[0], groups[1]);
        Assert.NotEqual(groups[0], groups[2]);
    }

    [Fact]
    public void Run_reports_images_that_no_folder_labels_and_ignores_clutter_and_circles()
    {
        using var folder = new TempFolder();
        WriteImage(folder.File("set/ct_tumor/a.png"), 9, 9);
        WriteImage(folder.File("set/holiday/beach.png"), 9, 9);
        WriteText(folder.File("set/ct_tumor/._a.png"), "clutter of a Mac");
        WriteText(folder.File("set/.DS_Store"), "clutter of a Mac");
        Directory.CreateSymbolicLink(folder.File("set/ct_tumor/circle"), folder.File("set"));

        var result = Import(folder, folder.File("set"));

        Assert.Equal("set/ct_tumor/a.png", Assert.Single(result.Manifest.Rows).Path);
        Assert.Equal(folder.File("set/holiday/beach.png"), Assert.Single(result.Unreadable).Path);
        Assert.Equal(2, result.Ignored);
    }

    [Fact]
    public void Run_where_no_image_can_be_read_says_so_and_why()
    {
        using var folder = new TempFolder();
        WriteText(folder.File("list.csv"), "path,label\nnowhere.png,mri_glioma\n");

        var error = Assert.Throws<GyrusException>(() => Import(folder, folder.File("list.csv")));

        Assert.Contains("none of its 1 images", error.Message, StringComparison.Ordinal);
        Assert.Contains("nowhere.png", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("path,label\na.png,mri_glioma\nx/../a.png,mri_glioma\n", "line 3")]
    [InlineData("path,label\n,mri_glioma\n", "line 2")]
    [InlineData("path,label\na.png\n", "line 2")]
    [InlineData("path,label\n\"a\"b.png,mri_glioma\n", "line 2")]
    [InlineData("path,label\na.png, \n", "the label is empty")]
    [InlineData("path,label\na.png,glioma\n", "2 to 1000 labels")]
    [InlineData("path,label,split\na.png,mri_glioma,later\n", "later")]
    [InlineData("file,label\na.png,mri_glioma\n", "path")]
    [InlineData("path,label\n", "no image")]
    public void Run_on_a_bad_csv_says_what_is_wrong(string text, string expected)
    {
        using var folder = new TempFolder();
        WriteText(folder.File("list.csv"), text);

        var error = Assert.Throws<GyrusException>(() => Import(folder, folder.File("list.csv")));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains("list.csv", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_on_a_zip_unpacks_it_once_and_goes_on_where_it_was()
    {
        using var folder = new TempFolder();
        WriteImage(folder.File("a.png"), 9, 9);
        ZipFiles.Write(folder.File("set.zip"), ("Dataset/ct_tumor/a.png", File.ReadAllBytes(folder.File("a.png"))),
            ("Dataset/ct_healthy/b.png", File.ReadAllBytes(folder.File("a.png"))));
        Import(folder, folder.File("set.zip"));
        var kept = folder.File("images/Dataset/ct_tumor/a.png");
        var written = File.GetLastWriteTimeUtc(kept);
        File.Delete(folder.File("images/Dataset/ct_healthy/b.png"));

        var result = Import(folder, folder.File("set.zip"));

        Assert.Equal(["ct_healthy", "ct_tumor"], result.Manifest.Rows.Select(row => row.Label));
        Assert.Equal(written, File.GetLastWriteTimeUtc(kept));
    }

    [Theory]
    [InlineData("../outside.png")]
    [InlineData("ct_tumor/../../outside.png")]
    [InlineData("/etc/outside.png")]
    [InlineData("..\\outside.png")]
    [InlineData("C:/outside.png")]
    public void Run_on_a_zip_whose_entry_climbs_out_refuses_it_and_writes_nothing(string entry)
    {
        using var folder = new TempFolder();
        ZipFiles.Write(folder.File("set.zip"), ("ct_tumor/a.png", [1, 2, 3]), (entry, [1, 2, 3]));

        var error = Assert.Throws<GyrusException>(() => Import(folder, folder.File("set.zip")));

        Assert.Contains(entry, error.Message, StringComparison.Ordinal);
        Assert.Equal([folder.File("set.zip")], Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Run_on_a_cut_zip_says_that_it_is_damaged()
    {
        using var folder = new TempFolder();
        ZipFiles.Write(folder.File("set.zip"), ("ct_tumor/a.png", new byte[10_000]));
        File.WriteAllBytes(folder.File("cut.zip"), File.ReadAllBytes(folder.File("set.zip"))[..^30]);

        var error = Assert.Throws<GyrusException>(() => Import(folder, folder.File("cut.zip")));

        Assert.Contains("damaged", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_on_an_unknown_layout_shows_what_is_there_and_what_is_known()
    {
        using var folder = new TempFolder();
        WriteImage(folder.File("set/holiday/beach.png"), 5, 5);

        var error = Assert.Throws<GyrusException>(() => Import(folder, folder.File("set")));

        Assert.Contains("beach.png", error.Message, StringComparison.Ordinal);
        Assert.Contains("split/label/file", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_on_an_empty_folder_or_nothing_or_another_file_says_so()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.File("empty"));
        WriteText(folder.File("notes.txt"), "hello");

        Assert.Contains("empty", Assert.Throws<GyrusException>(() => Import(folder, folder.File("empty"))).Message, StringComparison.Ordinal);
        Assert.Contains("no such", Assert.Throws<GyrusException>(() => Import(folder, folder.File("none"))).Message, StringComparison.Ordinal);
        Assert.Contains("neither", Assert.Throws<GyrusException>(() => Import(folder, folder.File("notes.txt"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_on_the_published_set_agrees_with_the_published_split()
    {
        var scans = TestFiles.Scans();
        var list = Path.Combine(scans, "published-split.csv");
        using var folder = new TempFolder();
        var published = File.ReadLines(list).Skip(1).Select(line => line.Split(',')).ToDictionary(
            fields => Path.Combine(scans, fields[0]),
            fields => (Label: fields[1], Split: Enum.Parse<Split>(fields[2], ignoreCase: true)));

        var byFolder = Import(folder, scans);
        var byCsv = Import(folder, list);

        Assert.Equal(8632, published.Count);
        Assert.Empty(byFolder.Unreadable);
        Assert.Empty(byCsv.Unreadable);
        Assert.Equal(
            published.ToDictionary(image => image.Key, image => image.Value.Label),
            byFolder.Manifest.Rows.ToDictionary(row => row.Path, row => row.Label));
        Assert.Equal(published, byCsv.Manifest.Rows.ToDictionary(row => row.Path, row => (row.Label, row.Split)));
        Assert.All(byCsv.Manifest.Rows, row => Assert.Equal(row.Split, row.Published));
        Assert.Equal(byFolder.Manifest.DataHash(), byCsv.Manifest.DataHash());
    }

    private static ImportResult Import(TempFolder folder, string source) =>
        DatasetImport.Run(source, folder.File("dataset.csv"), folder.File("images"), null, CancellationToken.None);

    private static void WriteImage(string path, int width, int height)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, ZipFiles.Png(width, height));
    }

    private static void WriteText(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
