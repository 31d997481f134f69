using Gyrus.Data.Copies;
using Xunit;

namespace Gyrus.Data.Tests.Copies;

public sealed class PixelAgreementTests
{
    private static readonly Alignment Same = new(1, 0, 0, 0, 1, 0);

    [Fact]
    public void A_picture_agrees_with_itself()
    {
        var picture = new DrawnHead(1).Draw();

        var agreement = PixelAgreement.Of(picture, picture, Same, window: 10, greyOnly: true);

        Assert.Equal(1, agreement.Similarity, 6);
        Assert.InRange(agreement.Overlap, 0.95, 1);
    }

    [Fact]
    public void Brightness_and_contrast_change_little()
    {
        var picture = new DrawnHead(1).Draw();
        var duller = picture with { Pixels = [.. picture.Pixels.Select(pixel => (byte)(20 + (pixel * 0.8)))] };

        Assert.InRange(
            PixelAgreement.Of(picture, duller, Same, window: 10, greyOnly: true).Similarity, CopyVerifier.StrongSimilarity, 1);
    }

    [Fact]
    public void Writing_in_a_corner_changes_nothing()
    {
        var picture = new DrawnHead(1).Draw();
        var written = new DrawnHead(1).Draw();
        for (int y = 4; y < 22; y++)
        {
            for (int x = 4; x < 50; x += 2) written.Pixels[(y * DrawnHead.Side) + x] = 255;
        }

        Assert.InRange(PixelAgreement.Of(picture, written, Same, window: 10, greyOnly: true).Similarity, 0.99, 1);
    }

    [Fact]
    public void Another_head_in_the_same_skull_does_not_agree()
    {
        var first = new DrawnHead(1).Draw();

        Assert.All(Enumerable.Range(2, 20), seed => Assert.InRange(
            PixelAgreement.Of(first, new DrawnHead(seed).Draw(), Same, window: 10, greyOnly: true).Similarity, 0, 0.6));
    }

    [Fact]
    public void What_does_not_overlap_does_not_agree()
    {
        var picture = new DrawnHead(1).Draw();

        var half = PixelAgreement.Of(picture, picture, Same with { X0 = 90 }, window: 10, greyOnly: true);

        Assert.InRange(half.Overlap, 0, CopyVerifier.LeastOverlap);
        Assert.Equal(default, PixelAgreement.Of(picture, picture, Same with { X0 = 900 }, window: 10, greyOnly: true));
    }
}
