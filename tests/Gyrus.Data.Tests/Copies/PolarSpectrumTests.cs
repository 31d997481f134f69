using System.Numerics.Tensors;
using FsCheck;
using FsCheck.Fluent;
using Gyrus.Data.Copies;
using Xunit;

namespace Gyrus.Data.Tests.Copies;

public sealed class PolarSpectrumTests
{
    private const double Direction = 2 * Math.PI / 128;
    private static readonly CopyFrame Disc = new(63.5, 63.5, 52);

    [Fact]
    public void Align_finds_how_a_picture_was_turned_and_mirrored() => ForAnyTurn((head, turn, mirrored) =>
    {
        var (straight, laid) = Spectra(head, turn, mirrored);

        var right = PolarSpectrum.Align(straight, laid, mirrored);
        var wrong = PolarSpectrum.Align(straight, laid, !mirrored);

        double off = Math.Abs(Math.IEEERemainder(right.Turn - turn, 2 * Math.PI));
        return off <= Direction && right.Correlation > 0.97 && wrong.Correlation < right.Correlation - 0.03;
    });

    [Fact]
    public void Magnitudes_are_the_same_however_a_picture_lies() => ForAnyTurn((head, turn, mirrored) =>
    {
        var (straight, laid) = Spectra(head, turn, mirrored);
        var other = PolarSpectrum.Of(new DrawnHead(head + 1000).Draw(), Disc);

        return Cosine(straight, laid) > 0.99 && Cosine(straight, other) < 0.97;
    });

    [Fact]
    public void Brightness_and_contrast_change_no_waves()
    {
        var picture = new DrawnHead(4).Draw();
        var duller = picture with { Pixels = [.. picture.Pixels.Select(pixel => (byte)(40 + (pixel / 2)))] };

        var correlation = PolarSpectrum.Align(
            PolarSpectrum.Of(picture, Disc), PolarSpectrum.Of(duller, Disc), mirrored: false);

        Assert.Equal(0, correlation.Turn, 5);
        Assert.InRange(correlation.Correlation, 0.999f, 1.001f);
    }

    private static void ForAnyTurn(Func<int, double, bool, bool> holds) => Prop.ForAll(
        Gen.Choose(0, 500).Zip(Gen.Choose(-1000, 1000)).Zip(Gen.Elements(true, false)).ToArbitrary(),
        drawn => holds(drawn.Item1.Item1, drawn.Item1.Item2 * Math.PI / 1000, drawn.Item2))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    private static (Waves Straight, Waves Laid) Spectra(int seed, double turn, bool mirrored)
    {
        var head = new DrawnHead(seed);
        // Mirrored and turned, twice, is as before.
        var toHead = Alignment.Of(Disc, Disc, mirrored ? turn : -turn, mirrored);
        return (PolarSpectrum.Of(head.Draw(), Disc), PolarSpectrum.Of(head.Draw(toHead), Disc));
    }

    private static float Cosine(Waves first, Waves second)
    {
        var one = new float[PolarSpectrum.Length];
        var other = new float[PolarSpectrum.Length];
        PolarSpectrum.Magnitudes(first, one);
        PolarSpectrum.Magnitudes(second, other);
        return TensorPrimitives.Dot<float>(one, other);
    }
}
