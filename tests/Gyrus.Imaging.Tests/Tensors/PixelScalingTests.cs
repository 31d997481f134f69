using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.Tensors;
using Xunit;

namespace Gyrus.Imaging.Tests;

public class PixelScalingTests
{
    [Fact]
    public void Of_each_name_says_in_words_what_it_does()
    {
        var words = Enum.GetValues<Normalisation>().Select(name => PixelScaling.Of(name).Words).ToList();

        Assert.All(words, Assert.NotEmpty);
        Assert.Equal(words.Count, words.Distinct().Count());
    }

    [Theory]
    [InlineData(Normalisation.Tf)]
    [InlineData(Normalisation.Caffe)]
    [InlineData(Normalisation.Torch)]
    [InlineData(Normalisation.Unit)]
    [InlineData(Normalisation.Raw)]
    public void Means_and_deviations_say_what_becomes_of_a_pixel(Normalisation name)
    {
        byte[] rgb = [10, 100, 200];
        var tensor = new float[3];
        ScanTensor.Write(new Scan(1, 1, "RGB", "png", rgb), new Preprocessing(1, ResampleKernel.Nearest, name), tensor);

        var scaling = PixelScaling.Of(name);
        var seen = scaling.BlueFirst ? rgb.Reverse() : rgb;
        Assert.Equal(seen.Select((value, i) => (value - scaling.Means[i]) / scaling.Deviations[i]), tensor, (wanted, found) => Math.Abs(wanted - found) < 1e-3);
    }

    [Fact]
    public void Of_no_such_name_is_an_error() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PixelScaling.Of((Normalisation)99));
}
