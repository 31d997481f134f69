using Gyrus.Imaging;
using Xunit;

namespace Gyrus.Inference.Tests;

public class ScanResultTests
{
    [Fact]
    public void Answer_sums_over_the_labels_of_a_tumour()
    {
        var result = ScanResult.Answer("a.png", [0.05f, 0.1f, 0.2f, 0.3f, 0.15f, 0.1f, 0.1f]);

        Assert.Equal("mri_healthy", result.Label!.Name);
        Assert.Equal(0.65, result.Tumour!.Value, 1e-6);
        Assert.Equal(Modality.Mri, result.Modality);
        Assert.Null(result.Error);
    }

    [Fact]
    public void Answer_takes_the_modality_from_the_sum_over_its_labels()
    {
        var result = ScanResult.Answer("a.png", [0, 0.4f, 0.3f, 0.3f, 0, 0, 0]);

        Assert.Equal("ct_tumor", result.Label!.Name);
        Assert.Equal(Modality.Mri, result.Modality);
    }
}
