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

    [Fact]
    public void Of_no_such_name_is_an_error() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PixelScaling.Of((Normalisation)99));
}
