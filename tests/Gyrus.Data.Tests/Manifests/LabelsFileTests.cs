using FsCheck;
using FsCheck.Fluent;
using Gyrus.Data.Manifests;
using Gyrus.Imaging.Labels;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Data.Tests.Manifests;

public sealed class LabelsFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Path => _folder.File("dataset.csv");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Labels_of_any_names_and_meanings_are_kept_with_the_manifest()
    {
        var label =
            from name in Gen.Elements("grade I", "größer", "日本", "no", "x,\"y\"", "🧠 scan", "a=b")
            from modality in Gen.Elements<Modality?>(null, Modality.Ct, Modality.Mri)
            from tumour in Gen.Elements<bool?>(null, true, false)
            from type in Gen.Elements(null, "glioma")
            select new ScanLabel(name, modality, tumour, type);
        var sets = label.ListOf().Select(labels => new LabelSet(labels.DistinctBy(one => one.Name).Append(new("z one")).Append(new("z two"))));

        Prop.ForAll(sets.ToArbitrary(), labels =>
        {
            Save(labels);
            var loaded = Manifest.Load(Path);
            return loaded.Labels.Equals(labels) && loaded.Rows.Select(loaded.LabelOf).SequenceEqual(Enumerable.Range(0, labels.Count));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_manifest_of_the_published_labels_has_no_file_and_removes_one_that_was_there()
    {
        Save(LabelNames.Guess(["yes", "no"]));
        Assert.True(File.Exists(Manifest.LabelsPath(Path)));

        Save(PublishedLabels.Set);

        Assert.False(File.Exists(Manifest.LabelsPath(Path)));
        Assert.Same(PublishedLabels.Set, Manifest.Load(Path).Labels);
    }

    [Fact]
    public void Without_its_file_meanings_are_guessed_from_the_names()
    {
        Save(LabelNames.Guess(["yes", "no"], new LabelHints(Modality: Modality.Mri)));
        File.Delete(Manifest.LabelsPath(Path));

        Assert.Equal(LabelNames.Guess(["yes", "no"]), Manifest.Load(Path).Labels);
    }

    [Theory]
    [InlineData("{}", "cannot be read")]
    [InlineData("{\"labels\": [{\"name\": \"no\"}]}", "2 to 1000 labels")]
    [InlineData("{\"labels\": [{\"name\": \"no\", \"healthy\": true}, {\"name\": \"yes\"}]}", "cannot be read")]
    [InlineData("{\"labels\": [{\"name\": \"no\"}, {\"name\": \"no\"}]}", "there twice")]
    [InlineData("{\"labels\": [{\"name\": \"no\", \"modality\": \"pet\"}, {\"name\": \"yes\"}]}", "cannot be read")]
    public void A_file_that_is_wrong_is_named(string json, string expected)
    {
        Save(LabelNames.Guess(["yes", "no"]));
        File.WriteAllText(Manifest.LabelsPath(Path), json);

        var error = Assert.Throws<GyrusException>(() => Manifest.Load(Path)).Message;

        Assert.StartsWith(Manifest.LabelsPath(Path), error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_of_a_label_that_the_file_lacks_is_told()
    {
        Save(LabelNames.Guess(["yes", "no"]));
        File.WriteAllText(Manifest.LabelsPath(Path), """{"labels": [{"name": "no"}, {"name": "perhaps"}]}""");

        Assert.Contains("the label 'yes' is none of those", Assert.Throws<GyrusException>(() => Manifest.Load(Path)).Message, StringComparison.Ordinal);
    }

    private void Save(LabelSet labels) => new Manifest(
        _folder.Path, [.. labels.Names.Select((name, i) => new ManifestRow($"{i}.png", new string('a', 64), name, Split.Train, 1, 1, "L", Split.None))])
    {
        Labels = labels,
    }.Save(Path);
}
