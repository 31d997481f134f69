using Gyrus.Imaging.Decoding;
using Gyrus.Models.Trust;
using Xunit;

namespace Gyrus.Inference.Tests;

public sealed class AcceptanceTests
{
    [Fact]
    public void A_grey_image_with_a_head_is_not_refused() => Assert.Null(Acceptance.Judge(Filled(100, 100, 90, 90, 90), isHead: true));

    [Fact]
    public void An_image_without_a_head_is_refused() =>
        Assert.Contains("head", Acceptance.Judge(Filled(100, 100, 90, 90, 90), isHead: false), StringComparison.Ordinal);

    [Fact]
    public void A_photograph_in_colour_is_refused_even_with_something_like_a_head() =>
        Assert.Contains("colour", Acceptance.Judge(Filled(100, 100, 160, 120, 90), isHead: true), StringComparison.Ordinal);

    [Fact]
    public void A_tinted_scan_is_not_refused() => Assert.Null(Acceptance.Judge(Filled(100, 100, 100, 96, 90), isHead: true));

    [Fact]
    public void A_tiny_image_is_refused() =>
        Assert.Contains("small", Acceptance.Judge(Filled(300, 40, 90, 90, 90), isHead: true), StringComparison.Ordinal);

    [Fact]
    public void Novelty_is_refused_beyond_its_limit_and_the_reason_has_both_numbers()
    {
        var settings = new AbstentionSettings(7.5, 0.01, 2000, 1000);

        Assert.Null(Acceptance.Judge(7.5, settings));
        var reason = Acceptance.Judge(31.24, settings);
        Assert.Contains("31.2", reason, StringComparison.Ordinal);
        Assert.Contains("7.5", reason, StringComparison.Ordinal);
    }

    private static Scan Filled(int width, int height, byte red, byte green, byte blue)
    {
        var rgb = new byte[3 * width * height];
        for (int i = 0; i < rgb.Length; i += 3) (rgb[i], rgb[i + 1], rgb[i + 2]) = (red, green, blue);
        return new Scan(width, height, "RGB", "png", rgb);
    }
}
