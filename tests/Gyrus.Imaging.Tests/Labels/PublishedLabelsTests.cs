using Gyrus.Imaging.Labels;
using Xunit;

namespace Gyrus.Imaging.Tests;

public sealed class PublishedLabelsTests
{
    [Fact]
    public void Set_keeps_the_seven_labels_in_their_frozen_order()
    {
        string[] frozen =
        [
            "ct_healthy", "ct_tumor", "mri_glioma", "mri_healthy", "mri_meningioma", "mri_pituitary", "mri_tumor",
        ];
        Assert.True(frozen.SequenceEqual(PublishedLabels.Set.All.Select(l => l.Name)),
            "The labels' names and order are stored in every trained model, manifest and result: put them back as "
            + "they were. If a label must really be added, raise the format version of the model package, make the "
            + "loaders refuse or convert older models, and only then change this test.");
    }

    [Fact]
    public void Set_names_agree_with_modality_and_tumour()
    {
        foreach (var label in PublishedLabels.Set.All)
        {
            Assert.Equal(label.Name.StartsWith("ct_", StringComparison.Ordinal), label.Modality == Modality.Ct);
            Assert.Equal(!label.Name.EndsWith("_healthy", StringComparison.Ordinal), label.IsTumour == true);
        }
    }

    [Fact]
    public void IndexOf_known_and_unknown_names()
    {
        for (int i = 0; i < PublishedLabels.Set.Count; i++) Assert.Equal(i, PublishedLabels.Set.IndexOf(PublishedLabels.Set[i].Name));
        Assert.Equal(-1, PublishedLabels.Set.IndexOf("MRI_glioma"));
        Assert.Equal(-1, PublishedLabels.Set.IndexOf(null));
    }

    [Fact]
    public void TumourProbability_sums_the_tumour_labels_and_stays_in_range()
    {
        Assert.Equal(0.75, PublishedLabels.Set.TumourProbability([0.125f, 0.25f, 0.125f, 0.125f, 0.125f, 0.125f, 0.125f]), 1e-9);
        Assert.Equal(1, PublishedLabels.Set.TumourProbability([0, 0.5f, 0.5f, 0, 0, 0, 1e-6f]));
    }
}
