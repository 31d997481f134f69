using FsCheck;
using FsCheck.Fluent;
using Gyrus.Data.Copies;
using Gyrus.Data.Manifests;
using Gyrus.Data.Splits;
using Xunit;

namespace Gyrus.Data.Tests.Splits;

public sealed class ScanGroupsTests
{
    [Fact]
    public void Assign_gives_one_group_to_what_copies_or_a_column_link_and_to_nothing_else() =>
        Prop.ForAll(Sets.ToArbitrary(), set =>
        {
            var rows = ScanGroups.Assign(set.Manifest, new CopyReport(set.Copies, []), "patient").Rows;

            var component = Components(rows, set.Copies);
            Assert.Equal(
                component.GroupBy(row => row.Value).Select(group => string.Join(' ', group.Select(row => row.Key).Order())).Order(),
                rows.GroupBy(row => row.Group).Select(group => string.Join(' ', group.Select(row => row.Path).Order())).Order());
            Assert.Equal(set.Manifest.Rows, rows.Select(row => row with { Group = "" }));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Assign_names_groups_the_same_in_another_order_and_another_place() =>
        Prop.ForAll(Sets.ToArbitrary(), set =>
        {
            var moved = set.Manifest.Shuffled(3);
            moved = moved with { Rows = [.. moved.Rows.Select(row => row with { Path = "moved/" + row.Path })] };
            var copies = set.Copies.Select(group => group with { Images = [.. group.Images.Select(path => "moved/" + path).Reverse()] });

            var here = ScanGroups.Assign(set.Manifest, new CopyReport(set.Copies, []), "patient");
            var there = ScanGroups.Assign(moved, new CopyReport([.. copies], []), "patient");

            Assert.Equal(Names(here), Names(there));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Assign_without_a_column_takes_copies_alone()
    {
        var set = Set(("a", "Doe"), ("b", "Doe"), ("c", ""));

        var rows = ScanGroups.Assign(set, new CopyReport([MadeUpSets.Copies("b", "c")], [])).Rows;

        Assert.Equal(rows[1].Group, rows[2].Group);
        Assert.NotEqual(rows[0].Group, rows[1].Group);
    }

    [Fact]
    public void Assign_takes_patients_for_those_of_their_source_and_links_what_any_column_does()
    {
        var set = new Manifest("/data", [Row(0, "lgg", "3", "x"), Row(1, "nichart", "3", "x"), Row(2, "lgg", "3", "y"), Row(3, "oasis", "9", "y"), Row(4, "oasis", "8", "")])
        {
            MoreColumns = ["source", "patient", "site"],
        };

        Assert.Equal(["0 2", "1", "3", "4"], Groups("patient"));
        Assert.Equal(["0 1 2 3", "4"], Groups("patient", "site"));
        Assert.Equal(["0 1", "2 3", "4"], Groups("site"));

        static ManifestRow Row(int at, string source, string patient, string site) =>
            MadeUpSets.Row(at, "mri_glioma") with { More = new([source, patient, site]) };

        IEnumerable<string> Groups(params string[] columns) => ScanGroups.Assign(set, new CopyReport([], []), columns).Rows
            .Select((row, at) => (row.Group, at)).GroupBy(row => row.Group).Select(group => string.Join(' ', group.Select(row => row.at)));
    }

    [Fact]
    public void Assign_does_not_link_rows_without_a_value()
    {
        var set = Set(("a", ""), ("b", ""), ("c", "Doe"));
        set = set with { Rows = [.. set.Rows, MadeUpSets.Row(9, "ct_tumor")] };

        Assert.Equal(4, ScanGroups.Assign(set, new CopyReport([], []), "patient").Rows.Select(row => row.Group).Distinct().Count());
    }

    [Fact]
    public void Assign_keeps_the_same_bytes_together_though_no_report_of_copies_names_them()
    {
        var set = Set(("a", ""), ("b", ""), ("c", ""));
        set = set with { Rows = [.. set.Rows, set.Rows[0] with { Path = "d" }] };

        var rows = ScanGroups.Assign(set, new CopyReport([MadeUpSets.Copies("a", "b")], [])).Rows;

        Assert.Equal([rows[0].Group, rows[0].Group, rows[0].Group], [rows[1].Group, rows[3].Group, rows[0].Group]);
        Assert.NotEqual(rows[0].Group, rows[2].Group);
    }

    [Fact]
    public void Assign_passes_over_copies_that_are_not_in_the_set()
    {
        var rows = ScanGroups.Assign(
            Set(("a", ""), ("b", "")), new CopyReport([MadeUpSets.Copies("gone", "b"), MadeUpSets.Copies("gone", "lost")], [])).Rows;

        Assert.Equal(2, rows.Select(row => row.Group).Distinct().Count());
    }

    [Fact]
    public void Assign_by_a_column_that_is_not_there_says_which_are()
    {
        var error = Assert.Throws<GyrusException>(
            () => ScanGroups.Assign(Set(("a", "Doe")), new CopyReport([], []), "study"));

        Assert.Contains("'study'", error.Message, StringComparison.Ordinal);
        Assert.Contains("it has site, patient", error.Message, StringComparison.Ordinal);
    }

    private static Gen<(Manifest Manifest, List<CopyGroup> Copies)> Sets =>
        from patients in Gen.Elements("", "", "Doe", "Roe", "Poe, E", "Moe").NonEmptyListOf()
        from pairs in (from one in Gen.Choose(0, patients.Count - 1)
                       from other in Gen.Choose(0, patients.Count - 1)
                       select MadeUpSets.Copies($"{one}", $"{other}")).ListOf()
        select (Set([.. patients.Select((patient, i) => ($"{i}", patient))]), pairs.Take(patients.Count / 3).ToList());

    private static Manifest Set(params (string Path, string Patient)[] images) =>
        new("/data", [.. images.Select((image, i) => MadeUpSets.Row(i, "ct_tumor") with
        {
            Path = image.Path, More = new ManifestValues(["other", image.Patient]),
        })])
        {
            MoreColumns = ["site", "patient"],
        };

    /// <summary>The first row that a row is linked to, over however many links.</summary>
    private static Dictionary<string, int> Components(IReadOnlyList<ManifestRow> rows, List<CopyGroup> copies)
    {
        var component = rows.Select((row, i) => (row.Path, i)).ToDictionary(row => row.Path, row => row.i);
        for (bool changed = true; changed;)
        {
            changed = false;
            foreach (var one in rows)
            {
                foreach (var other in rows)
                {
                    bool linked = (one.More.Values[1].Length > 0 && one.More.Values[1] == other.More.Values[1])
                        || copies.Any(group => group.Images.Contains(one.Path) && group.Images.Contains(other.Path));
                    if (!linked || component[one.Path] <= component[other.Path]) continue;
                    component[one.Path] = component[other.Path];
                    changed = true;
                }
            }
        }
        return component;
    }

    private static Dictionary<string, string> Names(Manifest manifest) =>
        manifest.Rows.ToDictionary(row => row.Sha256, row => row.Group);
}
