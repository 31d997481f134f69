using Gyrus.Data.Annotating;
using Gyrus.Data.Manifests;
using Gyrus.Data.Tests.Splits;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Data.Tests.Annotating;

public sealed class AnnotationTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Join_adds_columns_by_path_and_tells_what_does_not_match()
    {
        var file = Write("path,label,origin,finding\n0000.png,other,figshare,\n0002.png,other,,haemorrhage\ngone.png,x,y,z\n");

        var result = Annotation.Join(Set(3), file);

        Assert.Equal(["patient", "origin", "finding"], result.Manifest.MoreColumns);
        Assert.Equal(["p|figshare|", "p||", "p||haemorrhage"], result.Manifest.Rows.Select(row => string.Join('|', row.More.Values)));
        Assert.All(result.Manifest.Rows, row => Assert.Equal("mri_glioma", row.Label));
        Assert.Equal(["origin", "finding"], result.Columns);
        Assert.Equal(["label"], result.NotTaken);
        Assert.Equal(["0001.png"], result.WithoutLine);
        Assert.Equal([folder.File("gone.png")], result.WithoutImage);
    }

    [Fact]
    public void Join_puts_a_value_over_the_manifest_s_own_and_keeps_that_where_the_file_has_none()
    {
        var result = Annotation.Join(Set(2), Write("path,patient\n0000.png,q\n0001.png,\n"));

        Assert.Equal(["q", "p"], result.Manifest.Rows.Select(row => row.More[0]));
    }

    [Fact]
    public void Join_of_some_columns_takes_no_others_and_finds_masks_from_the_file_s_folder()
    {
        Directory.CreateDirectory(folder.File("notes"));
        File.WriteAllText(folder.File("notes/masks.csv"), "path,mask,site\n../0000.png,m.png,here\n");

        var result = Annotation.Join(Set(1), folder.File("notes/masks.csv"), ["mask"]);

        Assert.Equal(["patient", "mask"], result.Manifest.MoreColumns);
        Assert.Equal("notes/m.png", result.Manifest.Rows[0].More[1]);
        Assert.Equal(folder.File("notes/m.png"), result.Manifest.MaskPath(result.Manifest.Rows[0]));
    }

    [Fact]
    public void Join_reaches_dropped_images_too()
    {
        var set = Set(2);
        set = set with { Rows = [set.Rows[0]], Dropped = [set.Rows[1]] };

        var result = Annotation.Join(set, Write("path,site\n0001.png,here\n"));

        Assert.Equal("here", result.Manifest.Dropped[0].More[1]);
        Assert.Equal(["0000.png"], result.WithoutLine);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("file,site\n", "the column 'path' is missing")]
    [InlineData("path,label,width\n", "no column beside path, label, width")]
    [InlineData("path,site\n0000.png,a\nx/../0000.png,b\n", "line 3: x/../0000.png is there twice")]
    [InlineData("path,site\n,a\n", "line 2: the path is empty")]
    [InlineData("path,site\nelsewhere/0000.png,a\n", "none of its 1 lines names an image")]
    public void Join_of_a_file_that_does_not_fit_says_what_is_wrong(string text, string why)
    {
        var error = Assert.Throws<GyrusException>(() => Annotation.Join(Set(1), Write(text)));

        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.StartsWith(folder.File("columns.csv"), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Join_of_a_column_that_is_not_there_names_those_that_are()
    {
        var error = Assert.Throws<GyrusException>(() => Annotation.Join(Set(1), Write("path,site\n0000.png,a\n"), ["origin"]));

        Assert.Contains("no column 'origin' to take. Name some of site", error.Message, StringComparison.Ordinal);
    }

    private string Write(string text)
    {
        File.WriteAllText(folder.File("columns.csv"), text);
        return folder.File("columns.csv");
    }

    private Manifest Set(int images) => new(
        folder.Path, [.. Enumerable.Range(0, images).Select(i => MadeUpSets.Row(i, "mri_glioma") with { More = new(["p"]) })])
    {
        MoreColumns = ["patient"],
    };
}
