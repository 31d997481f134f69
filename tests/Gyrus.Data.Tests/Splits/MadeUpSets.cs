using FsCheck;
using FsCheck.Fluent;
using Gyrus.Data.Copies;
using Gyrus.Data.Manifests;
using Gyrus.Imaging.Labels;

namespace Gyrus.Data.Tests.Splits;

/// <summary>Data sets without files.</summary>
internal static class MadeUpSets
{
    /// <summary>Sets of groups of 1 to 4 images, each group of one label.</summary>
    public static Gen<Manifest> PureGroups =>
        from labels in Gen.Choose(1, 4)
        from sizes in Gen.Choose(1, 4).NonEmptyListOf()
        from more in Gen.Choose(1, 4).ListOf(12)
        select Of([.. sizes.Concat(more).SelectMany((size, number) => Enumerable.Range(0, labels).Select(label =>
            (Group: $"{label}-{number}", Labels: Enumerable.Repeat(PublishedLabels.Set[label].Name, size).ToArray())))]);

    /// <summary>Sets whose groups may hold several labels, one of them large.</summary>
    public static Gen<Manifest> MixedGroups =>
        from groups in Gen.Elements(PublishedLabels.Set.All.Select(label => label.Name)).NonEmptyListOf().ListOf()
        from large in Gen.Choose(1, 30)
        select Of([
            ("large", Enumerable.Repeat("mri_tumor", large).ToArray()),
            ("second", ["ct_tumor"]), ("third", ["ct_healthy", "ct_tumor"]),
            .. groups.Select((labels, i) => ($"group-{i}", labels.ToArray()))]);

    /// <summary>A set of groups, an image for each label of a group.</summary>
    public static Manifest Of(params (string Group, string[] Labels)[] groups) => new("/data", [.. groups
        .SelectMany(group => group.Labels.Select(label => (group.Group, Label: label)))
        .Select((image, i) => Row(i, image.Label) with { Group = image.Group })]);

    /// <summary>An image with bytes of its own.</summary>
    public static ManifestRow Row(int number, string label) =>
        new($"{number:0000}.png", $"{number:x64}", label, Split.None, 9, 9, "L", Split.None);

    /// <summary>A group of copies.</summary>
    public static CopyGroup Copies(params string[] paths) => new("id", paths, Exact: false);

    /// <summary>The same rows in another order.</summary>
    public static Manifest Shuffled(this Manifest manifest, int seed)
    {
        var rows = manifest.Rows.ToArray();
        new Random(seed).Shuffle(rows);
        return manifest with { Rows = rows };
    }
}
