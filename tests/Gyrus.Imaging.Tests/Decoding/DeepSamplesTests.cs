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

    [Fact]
    public void ToBytes_does_not_take_opacity_for_a_colour() =>
        Assert.Equal([0, 255, 255, 255], DeepSamples.ToBytes([0, 65535, 4095, 65535], bands: 2, cmyk: false));
}
