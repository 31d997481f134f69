using Gyrus.Imaging.Decoding;
using Xunit;

namespace Gyrus.Imaging.Tests.Decoding;

public sealed class DeepSamplesTests
{
    [Theory]
    [InlineData(255, 8)]
    [InlineData(256, 10)]
    [InlineData(1023, 10)]
    [InlineData(1024, 12)]
    [InlineData(4095, 12)]
    [InlineData(4096, 14)]
    [InlineData(16383, 14)]
    [InlineData(16384, 16)]
    [InlineData(65535, 16)]
    public void ToBytes_scales_by_the_bits_that_are_used(int largest, int bits)
    {
        ushort[] samples = [0, (ushort)(largest / 3), (ushort)largest];

        Assert.Equal(samples.Select(sample => (byte)(sample >> (bits - 8))), DeepSamples.ToBytes(samples, bands: 1, cmyk: false));
    }

    [Theory]
    [InlineData(200, 255)]
    [InlineData(4000, 4095)]
    [InlineData(65535, 65535)]
    public void ToLevels_has_a_step_for_every_sample(int largest, int white)
    {
        var levels = DeepSamples.ToLevels([0, (ushort)(largest - 1), (ushort)largest]);

        Assert.Equal(0, levels[0]);
        Assert.Equal(255.0 * (largest - 1) / white, levels[1], 1e-4);
        Assert.Equal(255.0 * largest / white, levels[2], 1e-4);
    }

    [Fact]
    public void ToBytes_does_not_take_opacity_for_a_colour() =>
        Assert.Equal([0, 255, 255, 255], DeepSamples.ToBytes([0, 65535, 4095, 65535], bands: 2, cmyk: false));
}
