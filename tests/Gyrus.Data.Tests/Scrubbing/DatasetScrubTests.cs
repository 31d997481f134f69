using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Gyrus.Data.Manifests;
using Gyrus.Data.Scrubbing;
using Gyrus.Data.Surroundings;
using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.HeadRegion;
using Gyrus.Imaging.Labels;
using Gyrus.Testing;
using NetVips;
using Xunit;

namespace Gyrus.Data.Tests.Scrubbing;

public sealed class DatasetScrubTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void Run_keeps_the_head_to_the_bit_and_nothing_around_it()
    {
        var drawn = new DrawnScan(320, 300, 12).Head(160, 160, 90, 110).Noise(1, 10)
            .Text(3, 3, "MARTA", 1, 255, 255, 255);
        var path = WriteWithMetadata("in/ward 3/a.png", drawn);

        var report = Scrub("in", "out");

        var image = Assert.Single(report.Images);
        Assert.Equal(("ward 3/a.png", "ward 3/a.png", true, false),
            (image.Source, image.Target, image.HeadFound, image.WritingLeft));
        var before = ScanDecoder.Read(path);
        var after = ScanDecoder.Read(_folder.File("out/ward 3/a.png"));
        var head = HeadFinder.Find(before)!;
        Assert.Contains(false, head.Inside);
        for (int i = 0; i < head.Inside.Length; i++)
            Assert.Equal(head.Inside[i] ? before.Rgb[3 * i] : 0, after.Rgb[3 * i]);
    }

    [Fact]
    public void Run_writes_files_that_hold_pixels_alone()
    {
        var path = WriteWithMetadata("in/a.png", new DrawnScan(320, 300, 0).Head(160, 150, 90, 110));
        Assert.Contains("zTXt", Chunks(path));
        Assert.Contains("eXIf", Chunks(path));

        Scrub("in", "out");

        var copy = _folder.File("out/a.png");
        Assert.All(Chunks(copy), chunk => Assert.Contains(chunk, (string[])["IHDR", "pHYs", "IDAT", "IEND"]));
        Assert.DoesNotContain("Kann", Encoding.Latin1.GetString(File.ReadAllBytes(copy)), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_on_a_manifest_writes_one_with_the_copies_hashes_and_all_else_as_it_was()
    {
        WriteWithMetadata("in/scans/1.png", new DrawnScan(320, 300, 0).Head(160, 150, 90, 110));
        WriteJpeg("in/scans/1.jpg", new DrawnScan(200, 210, 0).Head(100, 100, 60, 70));
        var rows = ((string[])["scans/1.png", "scans/1.jpg"]).Select(path => new ManifestRow(
            path, new string('0', 64), "mri_glioma", Split.Test, 1, 1, "RGB", Split.Train)).ToList();
        new Manifest(_folder.File("in"), rows).Save(_folder.File("in/dataset.csv"));

        var report = Scrub("in/dataset.csv", "in/clean");

        var manifest = Manifest.Load(report.Manifest!);
        Assert.Equal(["scans/1.png", "scans/1.jpg.png"], manifest.Rows.Select(row => row.Path));
        Assert.All(manifest.Rows, row =>
        {
            var bytes = File.ReadAllBytes(manifest.FullPath(row));
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), row.Sha256);
            Assert.Equal(("mri_glioma", Split.Test, Split.Train, "L"), (row.Label, row.Split, row.Published, row.Mode));
        });
        Assert.Equal([(320, 300), (200, 210)], manifest.Rows.Select(row => (row.Width, row.Height)));
    }

    [Fact]
    public void Run_on_a_manifest_keeps_its_columns_its_masks_and_what_its_labels_mean()
    {
        WriteWithMetadata("in/1.png", new DrawnScan(320, 300, 0).Head(160, 150, 90, 110));
        var row = new ManifestRow("1.png", new string('0', 64), "ct_stroke", Split.None, 1, 1, "RGB", Split.None) { More = new(["lgg", "mask.png"]) };
        var manifest = new Manifest(_folder.File("in"), [row])
        {
            MoreColumns = ["source", "mask"],
            Labels = new LabelSet([new("ct_stroke", Modality.Ct, IsTumour: false), new("ct_tumor", Modality.Ct, IsTumour: true)]),
        };
        manifest.Save(_folder.File("in/dataset.csv"));

        var copies = Manifest.Load(Scrub("in/dataset.csv", "out").Manifest!);

        Assert.Equal(("lgg", _folder.File("in/mask.png")), (copies.Value(copies.Rows[0], "source"), copies.MaskPath(copies.Rows[0])));
        Assert.Equal(manifest.Labels, copies.Labels);
    }

    [Fact]
    public void Run_writes_an_image_without_a_head_whole_and_says_so()
    {
        var path = WriteWithMetadata("in/blank.png", new DrawnScan(50, 60, 80).Text(5, 5, "MARTA", 1, 255, 255, 255));

        var image = Assert.Single(Scrub("in", "out").Images);

        Assert.False(image.HeadFound);
        Assert.True(image.NeedsALook);
        Assert.Equal(ScanDecoder.Read(path).Rgb, ScanDecoder.Read(_folder.File("out/blank.png")).Rgb);
    }

    [Fact]
    public void Run_tells_of_writing_that_runs_into_the_head()
    {
        WriteWithMetadata(
            "in/a.png",
            new DrawnScan(320, 300, 0).Head(160, 150, 100, 110).Text(20, 60, "MARTA KANN", 2, 255, 255, 255));

        Assert.True(Assert.Single(Scrub("in", "out").Images).WritingLeft);
    }

    [Fact]
    public void Run_lists_what_it_cannot_read_and_goes_on()
    {
        WriteWithMetadata("in/a.png", new DrawnScan(320, 300, 0).Head(160, 150, 90, 110));
        File.WriteAllText(_folder.File("in/broken.png"), "no image");

        var report = Scrub("in", "out");

        Assert.Single(report.Images);
        Assert.Equal("broken.png", Assert.Single(report.Unreadable).Path);
        Assert.False(File.Exists(_folder.File("out/broken.png")));
    }

    [Theory]
    [InlineData("in", "in")]
    [InlineData("in", "in/deeper")]
    [InlineData("in", ".")]
    [InlineData("in/a.png", "in")]
    public void Run_refuses_to_write_among_the_images(string source, string target)
    {
        var path = WriteWithMetadata("in/a.png", new DrawnScan(320, 300, 0).Head(160, 150, 90, 110));
        var before = File.ReadAllBytes(path);

        Assert.Contains("Give a folder apart", Assert.Throws<GyrusException>(() => Scrub(source, target)).Message,
            StringComparison.Ordinal);

        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("nowhere", "there is no such file or folder")]
    [InlineData("empty", "no image lies in this folder")]
    [InlineData("set.zip", "Import it first")]
    public void Run_on_what_holds_no_image_says_what_to_do(string source, string message)
    {
        Directory.CreateDirectory(_folder.File("empty"));
        File.WriteAllBytes(_folder.File("set.zip"), "PK\x5\x6"u8.ToArray());

        Assert.Contains(message, Assert.Throws<GyrusException>(() => Scrub(source, "out")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Run_that_cannot_write_says_where()
    {
        WriteWithMetadata("in/a.png", new DrawnScan(320, 300, 0).Head(160, 150, 90, 110));
        File.WriteAllText(_folder.File("out"), "a file");

        Assert.Contains("cannot be written", Assert.Throws<GyrusException>(() => Scrub("in", "out")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Run_again_after_a_stop_gives_the_same_files()
    {
        for (int k = 0; k < 6; k++)
            WriteWithMetadata($"in/{k}.png", new DrawnScan(320, 300, 0).Head(160, 150, 80 + k, 100));
        using var stop = new CancellationTokenSource();
        var stopping = new Stopping(stop);

        Assert.Throws<OperationCanceledException>(
            () => DatasetScrub.Run(_folder.File("in"), _folder.File("out"), stopping, stop.Token));
        Scrub("in", "out");
        Scrub("in", "whole");

        string[] Names(string folder) =>
            [.. Directory.GetFiles(_folder.File(folder)).Select(path => Path.GetFileName(path)!).Order()];
        Assert.Equal(Names("whole"), Names("out"));
        Assert.All(Names("whole"), name => Assert.Equal(
            File.ReadAllBytes(_folder.File("whole/" + name)), File.ReadAllBytes(_folder.File("out/" + name))));
    }

    [Fact]
    public void Run_on_real_scans_keeps_the_heads_and_leaves_no_writing_around_them()
    {
        var root = TestFiles.Scans();
        var lines = File.ReadLines(Path.Combine(root, "published-split.csv")).Skip(1).Where((_, i) => i % 150 == 0)
            .ToList();
        File.WriteAllLines(
            _folder.File("some.csv"), ["path,label,split", .. lines.Select(line => Path.Combine(root, line))]);

        var report = Scrub("some.csv", "out");

        Assert.Equal(lines.Count, report.Images.Count);
        int withText = 0;
        foreach (var image in report.Images)
        {
            var before = ScanDecoder.Read(image.Source);
            var after = ScanDecoder.Read(_folder.File("out/" + image.Target));
            var head = HeadFinder.Find(before)!;
            for (int i = 0; i < head.Inside.Length; i++)
            {
                if (head.Inside[i]) Assert.True(before.Rgb.AsSpan(3 * i, 3).SequenceEqual(after.Rgb.AsSpan(3 * i, 3)));
                else Assert.True(after.Rgb.AsSpan(3 * i, 3).IndexOfAnyExcept((byte)0) < 0);
            }
            if (SurroundingsExaminer.Examine(before).BurnedInText) withText++;
            if (!image.WritingLeft) Assert.False(SurroundingsExaminer.Examine(after).BurnedInText);
        }
        Assert.True(withText > 5);
    }

    public void Dispose() => _folder.Dispose();

    private ScrubReport Scrub(string source, string target) => DatasetScrub.Run(
        _folder.File(source), _folder.File(target), null, TestContext.Current.CancellationToken);

    private string WriteWithMetadata(string name, DrawnScan drawn) => Write(name, drawn, (image, path) =>
    {
        using var named = image.Mutate(mutable =>
        {
            mutable.Set(GValue.GStrType, "png-comment-0-PatientName", "Marta Kann");
            mutable.Set(GValue.GStrType, "exif-ifd0-Artist", "Marta Kann (Marta Kann, ASCII, 11 components, 11 bytes)");
        });
        named.Pngsave(path);
    });

    private string WriteJpeg(string name, DrawnScan drawn) => Write(name, drawn, (image, path) => image.Jpegsave(path));

    private string Write(string name, DrawnScan drawn, Action<Image, string> save)
    {
        var path = _folder.File(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var scan = drawn.Scan;
        using var image = Image.NewFromMemoryCopy<byte>(scan.Rgb, scan.Width, scan.Height, 3, Enums.BandFormat.Uchar);
        using var coloured = image.Copy(interpretation: Enums.Interpretation.Srgb);
        save(coloured, path);
        return path;
    }

    private static List<string> Chunks(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var chunks = new List<string>();
        for (int at = 8; at < bytes.Length; at += 12 + BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at)))
            chunks.Add(Encoding.ASCII.GetString(bytes, at + 4, 4));
        return chunks;
    }

    private sealed class Stopping(CancellationTokenSource stop) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => stop.Cancel();
    }
}
