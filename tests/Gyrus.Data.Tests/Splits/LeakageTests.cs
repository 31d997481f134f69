using Gyrus.Data.Manifests;
using Gyrus.Data.Splits;
using Xunit;

namespace Gyrus.Data.Tests.Splits;

public sealed class LeakageTests
{
    [Fact]
    public void Find_lists_val_and_test_images_with_a_copy_in_train_and_counts_them_by_label()
    {
        PlacedImage[] images =
        [
            new("train", "ct_tumor", Split.Train), new("val", "ct_tumor", Split.Val), new("test", "mri_glioma", Split.Test),
            new("alone", "mri_glioma", Split.Test), new("unplaced", null, Split.None), new("bare", null, Split.Test),
        ];

        var report = Leakage.Find(images, [MadeUpSets.Copies("test", "train", "unplaced", "val")]);

        Assert.Equal(["test", "val"], report.Paths);
        Assert.Equal(
            [
                new LeakageCount("ct_tumor", "val", 1, 1), new LeakageCount("mri_glioma", "test", 2, 1),
                new LeakageCount(null, "test", 1, 0),
            ],
            report.Counts);
        Assert.Equal(["test"], report.TestInVal);
        Assert.Empty(report.AcrossFolds);
        Assert.True(report.IsAny);
    }

    [Fact]
    public void Find_tells_a_copy_between_test_and_val_from_one_in_train()
    {
        PlacedImage[] images = [new("a", "ct_tumor", Split.Val), new("b", "ct_tumor", Split.Test), new("c", "ct_tumor", Split.Train)];

        var report = Leakage.Find(images, [MadeUpSets.Copies("a", "b")]);

        Assert.Empty(report.Paths);
        Assert.Equal(["b"], report.TestInVal);
        Assert.True(report.IsAny);
    }

    [Fact]
    public void Find_lists_copies_in_different_folds()
    {
        PlacedImage[] images =
        [
            new("a", "ct_tumor", Split.None, 0), new("b", "ct_tumor", Split.None, 1), new("c", "ct_tumor", Split.None, 1),
            new("d", "ct_tumor", Split.None, 1),
        ];

        Assert.Equal(["a", "b"], Leakage.Find(images, [MadeUpSets.Copies("a", "b")]).AcrossFolds);
        Assert.False(Leakage.Find(images, [MadeUpSets.Copies("b", "c", "d")]).IsAny);
    }

    [Fact]
    public void Find_in_one_part_or_without_copies_finds_none()
    {
        PlacedImage[] images = [new("a", null, Split.Train), new("b", null, Split.Train), new("c", null, Split.Test)];

        Assert.False(Leakage.Find(images, [MadeUpSets.Copies("a", "b")]).IsAny);
        Assert.False(Leakage.Find(images, []).IsAny);
        Assert.False(Leakage.Find([], []).IsAny);
    }
}
