using Gyrus.Imaging.Labels;
using Gyrus.Learning.Export.Int8;
using Xunit;

namespace Gyrus.Learning.Tests.Export.Int8;

public sealed class Int8AgreementTests
{
    // ct_healthy, ct_tumor, mri_glioma, mri_healthy, mri_meningioma, mri_pituitary, mri_tumor
    private static readonly float[] Healthy = [0.9f, 0.1f, 0, 0, 0, 0, 0];
    private static readonly float[] LessHealthy = [0.7f, 0.3f, 0, 0, 0, 0, 0];
    private static readonly float[] Tumour = [0.4f, 0.6f, 0, 0, 0, 0, 0];

    [Fact]
    public void Of_counts_labels_and_measures_the_probability_of_a_tumour()
    {
        var agreement = Int8Agreement.Of([Healthy, Healthy, Tumour, Tumour], [Healthy, LessHealthy, Tumour, Healthy], PublishedLabels.Set);

        Assert.Equal(4, agreement.Images);
        Assert.Equal(0.75, agreement.Label);
        Assert.Equal((0.2 + 0.5) / 4, agreement.MeanDifference, 1e-6);
        Assert.Equal(0.5, agreement.LargestDifference, 1e-6);
    }

    [Fact]
    public void Of_answers_that_are_no_numbers_says_so()
    {
        float[] none = [.. Enumerable.Repeat(float.NaN, 7)];

        Assert.True(double.IsNaN(Int8Agreement.Of([Healthy, Tumour], [none, Tumour], PublishedLabels.Set).LargestDifference));
    }
}
