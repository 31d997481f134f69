using FsCheck;
using FsCheck.Fluent;
using Gyrus.Data.Copies;
using Gyrus.Data.Manifests;
using Gyrus.Data.Merging;
using Gyrus.Data.Tests.Splits;
using Xunit;

namespace Gyrus.Data.Tests.Merging;

/// <summary>What becomes of the rows of several data sets, without files.</summary>
public sealed class JoinedRowsTests
{
    private const string Target = "/all/all.csv";
    private static readonly CopyReport NoCopies = new([], []);
    private static readonly string[] Labels = ["mri_glioma", "mri_healthy", "mri_tumor", "mri_pituitary"];

    /// <summary>Three data sets of few files and hashes, so that files, bytes and copies meet.</summary>
    private static Gen<(MergeInput[] Inputs, CopyReport Copies)> Sets =>
        from first in Rows
        from second in Rows
        from third in Rows
        from copies in Gen.Choose(0, 4).NonEmptyListOf().ListOf()
        select Sourced([Input("a", first), Input("b", second), Input("c", third)], copies);

    private static Gen<(int File, string Label, string Patient, bool Out)[]> Rows =>
        from rows in OneRow.NonEmptyListOf()
        select rows.DistinctBy(row => row.File).ToArray();

    private static Gen<(int File, string Label, string Patient, bool Out)> OneRow =>
        from file in Gen.Choose(0, 9)
        from label in Gen.Elements(Labels)
        from patient in Gen.Elements("", "1", "2")
        from cut in Gen.Choose(0, 9)
        select (file, label, patient, cut == 0);

    [Fact]
    public void Merge_does_not_depend_on_the_order_of_the_data_sets_but_for_that_of_rows() => Prop.ForAll(Sets.ToArbitrary(), sets =>
    {
        var forward = Merge(sets.Inputs, sets.Copies);
        var backward = Merge([.. sets.Inputs.Reverse()], sets.Copies);

        Assert.Equal(Sorted(forward.Manifest.Rows), Sorted(backward.Manifest.Rows));
        Assert.Equal(Sorted(forward.Manifest.Dropped), Sorted(backward.Manifest.Dropped));
        Assert.Equal(forward.Manifest.MoreColumns, backward.Manifest.MoreColumns);
        Assert.Equal(forward.Manifest.Labels, backward.Manifest.Labels);
        Assert.Equal(forward.SameFiles, backward.SameFiles);
        Assert.Equal(Words(forward), Words(backward));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Merge_loses_no_file_and_uses_no_bytes_in_two_sources() => Prop.ForAll(Sets.ToArbitrary(), sets =>
    {
        var merged = Merge(sets.Inputs, sets.Copies).Manifest;

        Assert.Equal(
            sets.Inputs.SelectMany(input => input.Manifest.Rows.Concat(input.Manifest.Dropped)).Select(row => row.Path).Distinct().Order(),
            merged.Rows.Concat(merged.Dropped).Select(row => row.Path).Order());
        Assert.All(merged.Rows.GroupBy(row => row.Sha256), same => Assert.Single(same.Select(row => merged.Value(row, KnownColumns.Source)).Distinct()));
        Assert.All(merged.Dropped, row => Assert.True(row is { LeftOut: true, Note.Length: > 0, Split: Split.None, Fold: null }));
        Assert.All(merged.Rows, row => Assert.False(row.LeftOut));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Merge_joins_columns_names_sources_and_empties_what_held_within_a_set_alone()
    {
        var a = Input("a", (1, "mri_glioma", "p", false));
        a = a with { Manifest = a.Manifest with { Rows = [a.Manifest.Rows[0] with { Split = Split.Test, Group = "g", Fold = 2 }], SplitBy = "group" } };
        var b = new MergeInput("/sets/b.csv", new Manifest("/set", [Row(2, "mri_healthy") with { More = new(["flair", "lgg"]) }]) { MoreColumns = ["sequence", "source"] });

        var result = Merge([a, b], NoCopies);

        Assert.Equal(["source", "patient", "sequence"], result.Manifest.MoreColumns);
        Assert.Equal(["a|p|", "lgg||flair"], result.Manifest.Rows.Select(row => string.Join('|', row.More.Values)));
        Assert.All(result.Manifest.Rows, row => Assert.Equal((Split.None, "", (int?)null), (row.Split, row.Group, row.Fold)));
        Assert.Equal("", result.Manifest.SplitBy);
        Assert.Equal(new NamedSource("/sets/a.csv", "a", 1), Assert.Single(result.Named));
    }

    [Fact]
    public void Merge_takes_given_sources_by_name_or_path_and_refuses_unknown_and_doubtful_ones()
    {
        var a = Input("a", (1, "mri_glioma", "", false));
        var other = Input("a", (2, "mri_glioma", "", false)) with { Path = "/other/a.csv" };

        var named = Merge([a, other], NoCopies, ("/other/a.csv", "elsewhere"));

        Assert.Equal(["a", "elsewhere"], named.Manifest.Rows.Select(row => named.Manifest.Value(row, KnownColumns.Source)));
        Assert.Contains("would both be called 'a'", Refused([a, other]), StringComparison.Ordinal);
        Assert.Contains("A source is given for 'x'", Refused([a, other], ("x", "y")), StringComparison.Ordinal);
    }

    [Fact]
    public void Merge_uses_a_file_of_the_same_bytes_once_and_the_label_that_says_more()
    {
        var a = Input("a", (1, "mri_tumor", "", false));
        var b = Renamed(Input("b", (1, "mri_glioma", "", false)), "/elsewhere/1.png");

        var result = Merge([a, b], NoCopies);

        Assert.Equal(("/elsewhere/1.png", "mri_glioma"), (Assert.Single(result.Manifest.Rows).Path, result.Manifest.Rows[0].Label));
        Assert.Equal("the same bytes as /elsewhere/1.png", Assert.Single(result.Manifest.Dropped).Note);
        Assert.Equal(["/set/1.png"], result.SameFiles);
    }

    [Fact]
    public void Merge_of_one_file_under_two_labels_leaves_it_out_and_names_them()
    {
        var result = Merge([Input("a", (1, "mri_healthy", "", false)), Input("b", (1, "mri_glioma", "", false), (2, "mri_glioma", "", false))], NoCopies);

        Assert.Equal("the file is labelled mri_glioma in /sets/b.csv, mri_healthy in /sets/a.csv", Assert.Single(result.Manifest.Dropped).Note);
        Assert.Equal("/set/2.png", Assert.Single(result.Manifest.Rows).Path);
    }

    [Fact]
    public void Merge_of_a_file_that_has_changed_since_is_refused()
    {
        var b = Input("b", (1, "mri_glioma", "", false));
        b = b with { Manifest = b.Manifest with { Rows = [b.Manifest.Rows[0] with { Sha256 = new('f', 64) }] } };

        Assert.Contains("other bytes in /sets/a.csv than in /sets/b.csv", Refused([Input("a", (1, "mri_glioma", "", false)), b]), StringComparison.Ordinal);
    }

    [Fact]
    public void Merge_tells_contradicting_copies_across_sources_with_the_pair_and_drops_or_keeps_them()
    {
        MergeInput[] inputs = [Input("a", (1, "mri_healthy", "", false), (2, "mri_healthy", "", false)), Input("b", (3, "mri_glioma", "", false), (4, "mri_glioma", "", false))];
        var pair = new CopyPair("/set/1.png", "/set/3.png", 0.9, "mirrored");
        var copies = new CopyReport([new("g", ["/set/1.png", "/set/3.png"], false)], [pair]);

        var dropped = Merge(inputs, copies);
        var kept = DatasetMerge.Of(JoinedRows.Of(inputs, Target, new MergeOptions()), copies, new MergeOptions { KeepContradictions = true });

        var contradiction = Assert.Single(dropped.Contradictions);
        Assert.Equal(("g", "a mri_healthy, b mri_glioma", pair), (contradiction.Group, contradiction.InWords, Assert.Single(contradiction.Pairs)));
        Assert.Equal(["/set/2.png", "/set/4.png"], dropped.Manifest.Rows.Select(row => row.Path));
        Assert.All(dropped.Manifest.Dropped, row => Assert.Equal("copies of one scan across sources: a mri_healthy, b mri_glioma", row.Note));
        Assert.Equal((4, 0, 1), (kept.Manifest.Rows.Count, kept.Manifest.Dropped.Count, kept.Contradictions.Count));
    }

    [Fact]
    public void Merge_tells_copies_that_agree_and_leaves_contradictions_within_a_source_to_its_split()
    {
        MergeInput[] inputs = [
            Input("a", (1, "mri_healthy", "", false), (2, "mri_glioma", "", false), (5, "mri_tumor", "", false)),
            Input("b", (3, "mri_glioma", "", false))];
        var within = new CopyGroup("within", ["/set/1.png", "/set/2.png"], false);
        var across = new CopyGroup("across", ["/set/3.png", "/set/5.png"], false);

        var result = Merge(inputs, new CopyReport([within, across], []));

        Assert.Empty(result.Contradictions);
        Assert.Equal(across, Assert.Single(result.Copies));
        Assert.Equal(4, result.Manifest.Rows.Count);
    }

    [Fact]
    public void Merge_names_two_images_of_a_contradiction_where_no_two_of_them_were_compared()
    {
        MergeInput[] inputs = [Input("a", (1, "mri_healthy", "", false)), Input("b", (2, "mri_tumor", "", false), (3, "mri_glioma", "", false))];
        var copies = new CopyReport([new("g", ["/set/1.png", "/set/2.png", "/set/3.png"], false)], [new("/set/2.png", "/set/3.png", 1, "resized")]);

        var pair = Assert.Single(Assert.Single(Merge(inputs, copies).Contradictions).Pairs);

        Assert.Equal(("/set/1.png", "/set/2.png", ""), (pair.First, pair.Second, pair.Change));
    }

    private static MergeResult Merge(MergeInput[] inputs, CopyReport copies, params (string Name, string Source)[] sources)
    {
        var options = new MergeOptions { Sources = sources.ToDictionary(source => source.Name, source => source.Source) };
        return DatasetMerge.Of(JoinedRows.Of(inputs, Target, options), copies, options);
    }

    private static string Refused(MergeInput[] inputs, params (string Name, string Source)[] sources) =>
        Assert.Throws<GyrusException>(() => Merge(inputs, NoCopies, sources)).Message;

    private static MergeInput Input(string name, params (int File, string Label, string Patient, bool Out)[] rows)
    {
        ManifestRow Made((int File, string Label, string Patient, bool Out) row) =>
            Row(row.File, row.Label) with { More = new([row.Patient]), LeftOut = row.Out, Note = row.Out ? "cut" : "" };
        return new MergeInput($"/sets/{name}.csv", new Manifest("/set", [.. rows.Where(row => !row.Out).Select(Made)])
        {
            MoreColumns = ["patient"],
            Dropped = [.. rows.Where(row => row.Out).Select(Made)],
        });
    }

    private static MergeInput Renamed(MergeInput input, string path) =>
        input with { Manifest = input.Manifest with { Rows = [input.Manifest.Rows[0] with { Path = path }] } };

    /// <summary>Files 0 and 5, 1 and 6, … have the same bytes.</summary>
    private static ManifestRow Row(int file, string label) => MadeUpSets.Row(file % 5, label) with { Path = $"/set/{file}.png" };

    /// <summary>Data sets with a report as the finder gives it: the same bytes are copies, and so is what some groups of bytes say.</summary>
    private static (MergeInput[] Inputs, CopyReport Copies) Sourced(MergeInput[] inputs, IEnumerable<IReadOnlyList<int>> bytes)
    {
        var there = inputs.SelectMany(input => input.Manifest.Rows).Select(row => row.Path).ToHashSet();
        var used = new HashSet<int>();
        var groups = new List<CopyGroup>();
        foreach (var alike in bytes.Concat(Enumerable.Range(0, 5).Select(number => (int[])[number])))
        {
            string[] paths = [.. alike.Distinct().Where(used.Add).SelectMany(number => (string[])[$"/set/{number}.png", $"/set/{number + 5}.png"])
                .Where(there.Contains).Order(StringComparer.Ordinal)];
            if (paths.Length > 1) groups.Add(new CopyGroup(paths[0], paths, false));
        }
        return (inputs, new CopyReport(groups, []));
    }

    private static IEnumerable<ManifestRow> Sorted(IEnumerable<ManifestRow> rows) => rows.OrderBy(row => row.Path, StringComparer.Ordinal);

    private static IEnumerable<string> Words(MergeResult result) =>
        result.Contradictions.Select(contradiction => $"{contradiction.Group} {contradiction.InWords}").Order(StringComparer.Ordinal);
}
