using Gyrus.Learning.Training;
using Xunit;

namespace Gyrus.Learning.Tests.Training;

public sealed class AppearanceTests
{
    private const int Size = 32;

    private static readonly AugmentationOptions Everything = AugmentationOptions.None with { Curves = 1, Convolutions = 1, BiasField = 0.4 };

    [Fact]
    public void Every_look_leaves_black_black_and_stays_within_grey_levels()
    {
        var head = Head();
        for (int seed = 0; seed < 200; seed++)
        {
            var shown = Shown(head, Everything, keepsOrder: seed % 2 == 0, seed);

            for (int i = 0; i < head.Length; i++)
            {
                Assert.InRange(shown[i], 0, 255);
                if (head[i] == 0) Assert.Equal(0, shown[i]);
            }
        }
    }

    [Fact]
    public void Curves_turn_grey_levels_round_on_mri_and_never_on_ct()
    {
        var curves = AugmentationOptions.None with { Curves = 1 };
        var ramp = Enumerable.Range(0, Size * Size).Select(i => 20f + (i * 235f / (Size * Size))).ToArray();
        bool Rises(float[] shown) => shown.Zip(shown.Skip(1)).All(pair => pair.First <= pair.Second + 1e-3f);
        bool Falls(float[] shown) => shown.Zip(shown.Skip(1)).All(pair => pair.First >= pair.Second - 1e-3f);

        List<float[]> mri = [.. Enumerable.Range(0, 200).Select(seed => Shown(ramp, curves, keepsOrder: false, seed))];

        Assert.All(Enumerable.Range(0, 200), seed => Assert.True(Rises(Shown(ramp, curves, keepsOrder: true, seed))));
        Assert.InRange(mri.Count(Rises), 40, 140);
        Assert.InRange(mri.Count(Falls), 20, 100);
        Assert.InRange(mri.Count(shown => !Rises(shown) && !Falls(shown)), 20, 120);
    }

    [Fact]
    public void Random_filters_keep_the_mean_and_change_the_picture()
    {
        var head = Head();
        double Mean(float[] plane) => plane.Where(grey => grey > 0).Average();
        int changed = 0;
        for (int seed = 0; seed < 50; seed++)
        {
            var shown = (float[])head.Clone();

            RandomFilters.Draw(new SeededRandom(seed)).Apply(shown, Size);

            double mean = head.Zip(shown).Where(pair => pair.First > 0).Average(pair => pair.Second);
            Assert.Equal(Mean(head), mean, 0.5);
            if (head.Zip(shown).Max(pair => Math.Abs(pair.First - pair.Second)) > 10) changed++;
        }
        Assert.InRange(changed, 30, 50);
    }

    [Fact]
    public void Field_is_smooth()
    {
        float[] flat = [.. Enumerable.Repeat(100f, Size * Size)];

        var shown = Shown(flat, AugmentationOptions.None with { BiasField = 0.5 }, keepsOrder: false, seed: 3);

        Assert.True(shown.Max() - shown.Min() > 10);
        for (int i = 1; i < Size; i++) Assert.InRange(Math.Abs(shown[i] - shown[i - 1]), 0, 20);
        Assert.All(shown, grey => Assert.InRange(grey, 100 * Math.Exp(-0.5) - 0.01, 100 * Math.Exp(0.5) + 0.01));
    }

    [Fact]
    public void Other_draws_of_a_change_are_the_same_with_a_look_and_without()
    {
        var options = new AugmentationOptions();

        var plain = Augmentation.Draw(options, new SeededRandom(5));
        var looking = Augmentation.Draw(options with { Curves = 1, Convolutions = 1, BiasField = 0.2 }, new SeededRandom(5));

        Assert.NotNull(looking.Look);
        Assert.Equal(plain.Map, looking.Map);
        Assert.Equal(plain with { Map = [] }, looking with { Map = [], Look = null });
    }

    private static float[] Shown(float[] plane, AugmentationOptions options, bool keepsOrder, int seed)
    {
        var shown = (float[])plane.Clone();
        Appearance.Apply(shown, Size, Appearance.Draw(options, keepsOrder, new SeededRandom(seed)));
        return shown;
    }

    // A bright ring about a grey disc with a dark middle, on black.
    private static float[] Head()
    {
        var head = new float[Size * Size];
        for (int i = 0; i < head.Length; i++)
        {
            double away = Math.Sqrt(Math.Pow((i % Size) - 15.5, 2) + Math.Pow((i / Size) - 15.5, 2));
            head[i] = away > 14 ? 0 : away > 12 ? 220 : away > 4 ? 110 + (i % 7) : 40;
        }
        return head;
    }
}
