using FsCheck;
using FsCheck.Fluent;
using Gyrus.Data.Manifests;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Data.Tests.Manifests;

/// <summary>The columns that a manifest need not have.</summary>
public sealed class ManifestColumnsTests : IDisposable
{
    private const string Header = "path,sha256,label,split,width,height,mode,published";
    private static readonly string Hash = new('a', 64);

    private readonly TempFolder _folder = new();

    private static Gen<string> Texts => Gen.OneOf(
        Gen.Elements("", " ", "yes", "a,b", "\"", "a \"quoted\" one", "two\nlines", "two\r\nlines", "'", "=1+1", "7"),
        ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get)
            .Where(text => !text.Contains('\0') && text.EnumerateRunes().All(rune => rune.Value != 0xFFFD)));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Save_and_load_give_everything_back_whatever_is_in_it() => Prop.ForAll(Manifests.ToArbitrary(), manifest =>
    {
        var path = _folder.File("manifest.csv");
        manifest.Save(path);

        var loaded = Manifest.Load(path);

        Assert.Equal(manifest.Rows, loaded.Rows);
        Assert.Equal(manifest.Dropped, loaded.Dropped);
        Assert.Equal(manifest.MoreColumns, loaded.MoreColumns);
        Assert.Equal(manifest.SplitBy, loaded.SplitBy);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Value_is_that_of_the_column_and_empty_where_there_is_none()
    {
        var row = new ManifestRow("a.png", Hash, "ct_tumor", Split.None, 1, 1, "L", Split.None) { More = new(["lgg", "flair"]) };
        var manifest = new Manifest("/set", [row]) { MoreColumns = [KnownColumns.Source, KnownColumns.Sequence, KnownColumns.Plane] };

        Assert.Equal(("lgg", "flair"), (manifest.Value(row, KnownColumns.Source), manifest.Value(row, KnownColumns.Sequence)));
        Assert.Equal(("", ""), (manifest.Value(row, KnownColumns.Plane), manifest.Value(row, KnownColumns.Patient)));
    }

    [Fact]
    public void MovedTo_keeps_everything_but_the_paths() => Prop.ForAll(Manifests.ToArbitrary(), manifest =>
    {
        var moved = (manifest with { Folder = _folder.File("set") }).MovedTo(_folder.File("manifest.csv"));

        static IEnumerable<ManifestRow> Bare(IEnumerable<ManifestRow> rows) => rows.Select(row => row with { Path = "" });
        Assert.Equal(Bare(manifest.Rows), Bare(moved.Rows));
        Assert.Equal(Bare(manifest.Dropped), Bare(moved.Dropped));
        Assert.All(
            moved.Rows.Concat(moved.Dropped), row => Assert.StartsWith(_folder.File("set"), moved.FullPath(row), StringComparison.Ordinal));
        Assert.Equal(manifest.MoreColumns, moved.MoreColumns);
        Assert.Equal(manifest.SplitBy, moved.SplitBy);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Load_of_a_manifest_without_them_gives_empty_ones_and_Save_adds_none()
    {
        var text = $"{Header}\na.png,{Hash},ct_tumor,train,1,1,L,test\n";
        File.WriteAllText(_folder.File("old.csv"), text);

        var manifest = Manifest.Load(_folder.File("old.csv"));
        manifest.Save(_folder.File("new.csv"));

        Assert.Equal(
            new ManifestRow("a.png", Hash, "ct_tumor", Split.Train, 1, 1, "L", Split.Test), Assert.Single(manifest.Rows));
        Assert.Equal((0, 0, ""), (manifest.Dropped.Count, manifest.MoreColumns.Count, manifest.SplitBy));
        Assert.Equal(text, File.ReadAllText(_folder.File("new.csv")).ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("one")]
    [InlineData("-1")]
    [InlineData("1.5")]
    public void Load_of_a_fold_that_is_no_number_says_where_and_what(string fold)
    {
        File.WriteAllText(_folder.File("bad.csv"), $"{Header},fold\na.png,{Hash},ct_tumor,,1,1,L,,{fold}\n");

        var error = Assert.Throws<GyrusException>(() => Manifest.Load(_folder.File("bad.csv")));

        Assert.Contains($"bad.csv, line 2: fold is '{fold}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Save_and_load_keep_a_column_without_a_name_and_pad_short_rows()
    {
        File.WriteAllText(_folder.File("a.csv"), $",{Header},patient,site\n0,a.png,{Hash},ct_tumor,,1,1,L,,Doe\n");

        Manifest.Load(_folder.File("a.csv")).Save(_folder.File("b.csv"));
        var loaded = Manifest.Load(_folder.File("b.csv"));

        Assert.Equal(["", "patient", "site"], loaded.MoreColumns);
        Assert.Equal(["0", "Doe", ""], loaded.Rows[0].More.Values);
    }

    private static Gen<Manifest> Manifests =>
        from columns in Gen.Elements("patient", "study date", "a,b", "say \"x\"", "two\nlines", "é").ListOf()
        from rows in Row(columns.Distinct().Count()).ListOf()
        from dropped in Row(columns.Distinct().Count()).ListOf()
        from splitBy in Texts
        select new Manifest("/data", [.. rows.Select((row, i) => row with { Path = $"row-{i}.png" })])
        {
            Dropped = [.. dropped.Select((row, i) => row with { Path = $"dropped-{i}.png", LeftOut = i % 2 == 1 })],
            MoreColumns = [.. columns.Distinct()],
            SplitBy = rows.Count + dropped.Count > 0 ? splitBy : "",
        };

    private static Gen<ManifestRow> Row(int columns) =>
        from split in Gen.Elements(Enum.GetValues<Split>())
        from theGroup in Texts
        from fold in Gen.Choose(-1, 9)
        from label in Gen.Elements("", "mri_tumor")
        from note in Texts
        from more in Texts.ListOf(columns)
        select new ManifestRow("", Hash, "mri_glioma", split, 5, 4, "RGB", Split.None)
        {
            Group = theGroup,
            Fold = fold < 0 ? null : fold,
            PublishedLabel = label,
            Note = note,
            More = columns == 0 ? ManifestValues.None : new ManifestValues([.. more]),
        };
}
