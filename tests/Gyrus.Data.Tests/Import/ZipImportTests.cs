using Gyrus.Data.Import;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Data.Tests.Import;

public sealed class ZipImportTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Zip => _folder.File("set.zip");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_takes_the_images_of_the_zip_alone_whatever_lies_where_it_is_unpacked()
    {
        Place("images/mri_glioma/other.png", ZipFiles.Png(4, 4));
        ZipFiles.Write(
            Zip,
            ("ct_tumor/a.png", ZipFiles.Png(9, 9)),
            ("__MACOSX/ct_tumor/._a.png", [0, 5, 22, 7]),
            ("ct_tumor/Thumbs.db", [1]));

        var result = Import();

        Assert.Equal("images/ct_tumor/a.png", Assert.Single(result.Manifest.Rows).Path);
        Assert.Empty(result.Unreadable);
        Assert.Equal(2, result.Ignored);
        Assert.False(File.Exists(_folder.File("images/ct_tumor/Thumbs.db")));
    }

    [Fact]
    public void Run_replaces_a_file_of_another_zip_even_of_the_same_size()
    {
        byte[] wanted = ZipFiles.Png(9, 9, grey: 77), stale = (byte[])wanted.Clone();
        stale[^20] ^= 1;
        Place("images/ct_tumor/a.png", stale);
        ZipFiles.Write(Zip, ("ct_tumor/a.png", wanted));

        Import();

        Assert.Equal(wanted, File.ReadAllBytes(_folder.File("images/ct_tumor/a.png")));
    }

    [Fact]
    public void Run_goes_on_over_what_a_kill_left_half_written()
    {
        var image = ZipFiles.Png(9, 9);
        Place("images/ct_tumor/a.png.part", image[..20]);
        Place("images/ct_tumor/b.png", image[..20]);
        ZipFiles.Write(Zip, ("ct_tumor/a.png", image), ("ct_tumor/b.png", image));

        Assert.Equal(2, Import().Manifest.Rows.Count);
        Assert.Equal(2, Directory.GetFiles(_folder.File("images/ct_tumor")).Length);
    }

    [Fact]
    public void Run_leaves_out_a_damaged_entry_and_imports_the_rest()
    {
        byte[] good = ZipFiles.Png(9, 9), bad = ZipFiles.Png(31, 17);
        ZipFiles.Write(Zip, ("ct_tumor/bad.png", bad), ("ct_tumor/good.png", good));
        ZipFiles.Damage(Zip, bad);

        var result = Import();

        Assert.Equal("images/ct_tumor/good.png", Assert.Single(result.Manifest.Rows).Path);
        var fault = Assert.Single(result.Unreadable);
        Assert.Equal("ct_tumor/bad.png", fault.Path);
        Assert.Contains("damaged", fault.Reason, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(_folder.File("images/ct_tumor")));
    }

    [Fact]
    public void Run_on_an_encrypted_zip_says_so()
    {
        ZipFiles.Write(Zip, ("ct_tumor/a.png", ZipFiles.Png(9, 9)));
        ZipFiles.ClaimEncrypted(Zip);

        Refused("password");
    }

    [Fact]
    public void Run_on_a_name_that_is_no_UTF8_refuses_the_zip_without_losing_letters()
    {
        ZipFiles.Write(Zip, ("ct_tumor/caf-e.png", ZipFiles.Png(9, 9)));
        var bytes = File.ReadAllBytes(Zip);
        for (int at; (at = bytes.AsSpan().IndexOf("caf-e"u8)) >= 0;) bytes[at + 3] = 0xE9;
        File.WriteAllBytes(Zip, bytes);

        Refused("is not UTF-8, so letters of it would be lost");
    }

    [Fact]
    public void Run_on_an_entry_that_claims_more_than_a_scan_can_have_refuses_the_zip()
    {
        ZipFiles.Write(Zip, ("ct_tumor/a.png", ZipFiles.Png(9, 9)));
        ZipFiles.ClaimSize(Zip, 0xFFFFFFF0);

        Refused("'ct_tumor/a.png' is of 4095 MiB");
        Assert.False(Directory.Exists(_folder.File("images")));
    }

    [Fact]
    public void Run_on_entries_that_claim_more_than_a_data_set_can_have_refuses_the_zip()
    {
        var image = ZipFiles.Png(9, 9);
        ZipFiles.Write(Zip, [.. Enumerable.Range(0, 60).Select(i => ($"ct_tumor/{i}.png", image))]);
        ZipFiles.ClaimSize(Zip, int.MaxValue);

        Refused("119 GiB");
        Assert.False(Directory.Exists(_folder.File("images")));
    }

    [Fact]
    public void Run_on_an_entry_with_more_data_than_it_claims_does_not_unpack_it()
    {
        ZipFiles.Write(Zip, ("ct_tumor/a.png", ZipFiles.Png(9, 9)));
        ZipFiles.ClaimSize(Zip, 10);

        Refused("damaged");
        Assert.Empty(Directory.GetFiles(_folder.File("images/ct_tumor")));
    }

    [Theory]
    [InlineData("ct_tumor/a.png", "ct_tumor/a.png", "twice")]
    [InlineData("ct_tumor/a.png", "ct_tumor/a.png/b.png", "cannot be unpacked")]
    [InlineData("ct_tumor/a.png", "ct_tumor/b\0.png", "outside")]
    public void Run_on_entries_that_no_disk_can_hold_refuses_the_zip(string first, string second, string expected)
    {
        var image = ZipFiles.Png(9, 9);
        ZipFiles.Write(Zip, (first, image), (second, image));

        Refused(expected);
    }

    [Fact]
    public void Run_that_is_stopped_while_it_unpacks_keeps_what_it_has()
    {
        var image = ZipFiles.Png(9, 9);
        ZipFiles.Write(Zip, [.. Enumerable.Range(0, 9).Select(i => ($"ct_tumor/{i}.png", image))]);
        using var stop = new CancellationTokenSource();
        var progress = new Hear(value =>
        {
            if (value is { What: "unpacking", Done: 4 }) stop.Cancel();
        });

        Assert.Throws<OperationCanceledException>(
            () => DatasetImport.Run(Zip, _folder.File("dataset.csv"), _folder.File("images"), progress, stop.Token));

        Assert.Equal(4, Directory.GetFiles(_folder.File("images/ct_tumor")).Length);
        var unpacked = new List<long>();
        DatasetImport.Run(Zip, _folder.File("dataset.csv"), _folder.File("images"), new Hear(value =>
        {
            if (value.What == "unpacking") unpacked.Add(value.Done);
        }), CancellationToken.None);
        Assert.Equal([5, 6, 7, 8, 9], unpacked);
    }

    private sealed class Hear(Action<WorkProgress> report) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => report(value);
    }

    private void Refused(string expected)
    {
        var error = Assert.Throws<GyrusException>(Import);
        Assert.StartsWith(Zip, error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private ImportResult Import() => DatasetImport.Run(
        Zip, _folder.File("dataset.csv"), _folder.File("images"), null, CancellationToken.None);

    private void Place(string name, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(name))!);
        File.WriteAllBytes(_folder.File(name), bytes);
    }
}
