using FsCheck;
using FsCheck.Fluent;
using Gyrus.Data.Manifests;
using Gyrus.Learning.Training;
using Xunit;

namespace Gyrus.Learning.Tests.Training;

public sealed class SourceBalanceTests
{
    [Fact]
    public void Kinds_count_by_their_images_at_0_and_alike_at_1()
    {
        var manifest = Of([("big", "t1", 900), ("small", "flair", 100)]);

        var (natural, even) = (Shares(manifest, 0), Shares(manifest, 1));

        Assert.Equal(0.9, natural["big"], 1e-9);
        Assert.Equal(0.5, even["big"], 1e-9);
        Assert.InRange(Shares(manifest, 0.5)["big"], 0.74, 0.76); // 30 to 10
    }

    [Fact]
    public void A_group_counts_as_the_root_of_its_images_beside_others_of_its_kind()
    {
        var manifest = Of([("a", "t1", 16)]);
        var rows = manifest.Rows.Select((row, i) => row with { Group = i < 9 ? "copies" : "" }).ToList();

        var weights = SourceBalance.Weights(manifest, rows, 0);

        Assert.Equal(3, weights.Take(9).Sum() / weights[9], 1e-9);
        Assert.All(weights.Skip(9), weight => Assert.Equal(weights[9], weight, 1e-9));
    }

    [Fact]
    public void A_kind_of_few_patients_with_many_slices_counts_by_its_slices()
    {
        var manifest = Of([("slices", "t1", 100), ("people", "t1", 100)]);
        List<ManifestRow> rows = [.. manifest.Rows.Select((row, i) => row with { Group = i < 100 ? $"patient {i / 20}" : "" })];

        var weights = SourceBalance.Weights(manifest, rows, 0.5);

        Assert.Equal(weights.Skip(100).Sum(), weights.Take(100).Sum(), 1e-9);
    }

    [Fact]
    public void Draw_shows_each_image_as_often_as_its_weight_says_give_or_take_one() => Prop.ForAll(
        (from images in Gen.Choose(1, 30)
         from numbers in Gen.Choose(1, 100).ArrayOf(images)
         from count in Gen.Choose(1, 200)
         from seed in Gen.Choose(0, 1000)
         select (Numbers: numbers, Count: count, Seed: seed)).ToArbitrary(),
        drawn =>
        {
            var (numbers, count, seed) = drawn;
            double[] weights = [.. numbers.Select(number => (double)number)];

            var images = SourceBalance.Draw(weights, count, new SeededRandom(seed));

            Assert.Equal(count, images.Length);
            for (int i = 0; i < weights.Length; i++)
            {
                double wanted = weights[i] / weights.Sum() * count;
                Assert.InRange(images.Count(image => image == i), Math.Floor(wanted - 1e-6), Math.Ceiling(wanted + 1e-6));
            }
            Assert.Equal(images, SourceBalance.Draw(weights, count, new SeededRandom(seed)));
        }).QuickCheckThrowOnFailure();

    private static Dictionary<string, double> Shares(Manifest manifest, double balance)
    {
        var weights = SourceBalance.Weights(manifest, manifest.Rows, balance);
        return manifest.Rows.Zip(weights).GroupBy(pair => manifest.Value(pair.First, KnownColumns.Source))
            .ToDictionary(source => source.Key, source => source.Sum(pair => pair.Second) / weights.Sum());
    }

    private static Manifest Of((string Source, string Sequence, int Count)[] kinds)
    {
        int number = 0;
        return new Manifest("/set", [.. kinds.SelectMany(kind => Enumerable.Range(0, kind.Count).Select(_ => new ManifestRow(
            $"{number}.png", $"{number++:x64}", "mri_healthy", Split.Train, 9, 9, "L", Split.None) { More = new([kind.Source, kind.Sequence]) }))])
        {
            MoreColumns = [KnownColumns.Source, KnownColumns.Sequence],
        };
    }
}
