using FsCheck;
using FsCheck.Fluent;
using Gyrus.Data.Manifests;
using Gyrus.Imaging.Labels;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Data.Tests.Manifests;

public sealed class ManifestTests
{
    private const string Header = "path,sha256,label,split,width,height,mode,published\n";
    private static readonly string Hash = new('a', 64);

    [Fact]
    public void Save_and_load_give_the_same_rows_whatever_is_in_a_path()
    {
        using var folder = new TempFolder();
        var names = ArbMap.Default.GeneratorFor<NonEmptyString>()
            .Select(name => name.Get)
            .Where(name => !string.IsNullOrWhiteSpace(name) && !name.Contains('\0') && !HasLoneSurrogate(name));
        var row =
            from name in names
            from label in Gen.Elements(PublishedLabels.Set.All.Select(label => label.Name))
            from split in Gen.Elements(Enum.GetValues<Split>())
            from published in Gen.Elements(Enum.GetValues<Split>())
            from width in Gen.Choose(1, 5000)
            select new ManifestRow(name, Hash, label, split, width, width / 2 + 1, "RGB", published);

        Prop.ForAll(row.ListOf().Select(rows => rows.DistinctBy(r => r.Path).ToList()).ToArbitrary(), rows =>
        {
            var path = folder.File("manifest.csv");
            new Manifest(folder.Path, rows).Save(path);
            return Manifest.Load(path).Rows.SequenceEqual(rows);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("path,label\n", "sha256")]
    [InlineData(Header + "a.png,aaaa,ct_tumor,train,1,1,L,\n", "64")]
    [InlineData(Header + "a.png,HASH,,train,1,1,L,\n", "label is empty")]
    [InlineData(Header + "a.png,HASH,ct_tumour,train,1,1,L,\n", "2 to 1000 labels")]
    [InlineData(Header + "a.png,HASH,ct_tumor,trian,1,1,L,\n", "trian")]
    [InlineData(Header + "a.png,HASH,ct_tumor,train,wide,1,L,\n", "wide")]
    [InlineData(Header + "a.png,HASH,ct_tumor,train,0,1,L,\n", "not a number of pixels")]
    [InlineData(Header + "a.png,HASH,ct_tumor,train,1,99999999999,L,\n", "not a number of pixels")]
    [InlineData(Header + ",HASH,ct_tumor,train,1,1,L,\n", "path is empty")]
    [InlineData(Header + "a.png,HASH,ct_tumor,train,1,1,L,\na.png,HASH,ct_tumor,train,1,1,L,\n", "line 3")]
    [InlineData(Header + "a.png,HASH,ct_tumor\n", "line 2")]
    public void Load_of_a_bad_manifest_says_where_and_what(string text, string expected)
    {
        using var folder = new TempFolder();
        var path = folder.File("manifest.csv");
        File.WriteAllText(path, text.Replace("HASH", Hash, StringComparison.Ordinal));

        var error = Assert.Throws<GyrusException>(() => Manifest.Load(path));

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_of_no_file_says_how_to_get_one() => Assert.Contains(
        "import the data set to it",
        Assert.Throws<GyrusException>(() => Manifest.Load("/nowhere/dataset.csv")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Hashes_do_not_depend_on_order_or_place_but_on_labels_and_parts()
    {
        var a = Row("a.png", 'a', "ct_tumor", Split.Train);
        var b = Row("b.png", 'b', "ct_healthy", Split.Test);
        var manifest = new Manifest("/here", [a, b]);
        var moved = new Manifest("/there", [b with { Path = "c.png" }, a]);
        var relabelled = new Manifest("/here", [a with { Label = "ct_healthy" }, b]);
        var split = new Manifest("/here", [a with { Split = Split.Test }, b]);

        Assert.Equal(manifest.DataHash(), moved.DataHash());
        Assert.Equal(manifest.SplitHash(), moved.SplitHash());
        Assert.NotEqual(manifest.DataHash(), relabelled.DataHash());
        Assert.Equal(manifest.DataHash(), split.DataHash());
        Assert.NotEqual(manifest.SplitHash(), split.SplitHash());
    }

    [Fact]
    public void MovedTo_another_folder_keeps_every_full_path()
    {
        var manifest = new Manifest("/data/set", [Row("x/a.png", 'a', "ct_tumor", Split.Train)]);

        var above = manifest.MovedTo("/data/all.csv");
        var beside = manifest.MovedTo("/other/all.csv");

        Assert.Equal("set/x/a.png", above.Rows[0].Path);
        Assert.Equal("/data/set/x/a.png", beside.Rows[0].Path);
        Assert.Equal(manifest.FullPath(manifest.Rows[0]), above.FullPath(above.Rows[0]));
        Assert.Equal(manifest.FullPath(manifest.Rows[0]), beside.FullPath(beside.Rows[0]));
    }

    private static ManifestRow Row(string path, char hash, string label, Split split) =>
        new(path, new string(hash, 64), label, split, 10, 10, "L", split);

    private static bool HasLoneSurrogate(string text) => text.EnumerateRunes().Any(rune => rune.Value == 0xFFFD);
}
