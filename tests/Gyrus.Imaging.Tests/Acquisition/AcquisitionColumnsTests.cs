using Gyrus.Imaging.Acquisition;
using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.HeadRegion;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Imaging.Tests.Acquisition;

public sealed class AcquisitionColumnsTests
{
    [Fact]
    public void Names_are_as_many_as_the_numbers_and_each_there_once()
    {
        Assert.Equal(AcquisitionColumns.Count, AcquisitionColumns.Names.Distinct().Count());
        Assert.Equal(AcquisitionColumns.Count, Of(DrawnSequence.Draw(DrawnSequence.LikeT1, 1)).Length);
        Assert.InRange(AcquisitionColumns.SequenceCount, 1, AcquisitionColumns.Count - 1);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 900)]
    [InlineData(1700, 5)]
    [InlineData(40, 30)]
    public void Of_stands_images_of_any_shape_without_a_head(int width, int height) =>
        Assert.All(AcquisitionColumns.Of(new DrawnScan(width, height, 90).Scan, head: null), number => Assert.True(float.IsFinite(number)));

    [Fact]
    public void A_lesion_moves_the_numbers_far_less_than_another_sequence_does()
    {
        for (int seed = 1; seed <= 12; seed++)
        {
            var healthy = Of(DrawnSequence.Draw(DrawnSequence.LikeT1, seed));
            double bright = Tissue(healthy, Of(DrawnSequence.Draw(DrawnSequence.LikeT1, seed, lesion: 220)));
            double dark = Tissue(healthy, Of(DrawnSequence.Draw(DrawnSequence.LikeT1, seed, lesion: 40)));
            double otherwise = Tissue(healthy, Of(DrawnSequence.Draw(DrawnSequence.LikeT2, seed)));

            Assert.InRange(Math.Max(bright, dark), 0, otherwise / 5);
        }
    }

    [Fact]
    public void Brightness_moves_the_numbers_far_less_than_another_sequence_does()
    {
        var scan = DrawnSequence.Draw(DrawnSequence.LikeT1, 3);
        var darker = scan with { Rgb = Array.ConvertAll(scan.Rgb, grey => (byte)(grey * 0.6)) };

        Assert.InRange(Tissue(Of(scan), Of(darker)), 0, Tissue(Of(scan), Of(DrawnSequence.Draw(DrawnSequence.LikeT2, 3))) / 5);
    }

    [Fact]
    public void Fluid_in_the_middle_is_dark_on_one_sequence_and_bright_on_the_other()
    {
        int dark = At("middle dark"), bright = At("middle bright");
        var (one, other) = (Of(DrawnSequence.Draw(DrawnSequence.LikeT1, 2)), Of(DrawnSequence.Draw(DrawnSequence.LikeT2, 2)));

        Assert.True(one[dark] > 0.2 && one[bright] < 0.2);
        Assert.True(other[bright] > 0.2 && other[dark] < 0.2);
    }

    [Fact]
    public void The_outline_tells_a_neck_at_one_side_from_an_oval()
    {
        var oval = Of(new DrawnScan(200, 200, 5).Ellipse(100, 100, 60, 75, 120).Noise(1, 6).Scan);
        var sagittal = Of(new DrawnScan(200, 200, 5).Ellipse(105, 85, 85, 70, 120).Rectangle(110, 120, 160, 200, 120).Noise(1, 6).Scan);

        Assert.True(sagittal[At("left like right")] < oval[At("left like right")] - 0.02);
        Assert.True(sagittal[At("aspect")] > oval[At("aspect")] + 0.2);
        Assert.True(sagittal[At("cut below")] > 0.1);
        Assert.Equal(0, oval[At("cut below")]);
    }

    [Fact]
    public void Texture_tells_a_picture_that_was_enlarged()
    {
        var scan = DrawnSequence.Draw(DrawnSequence.LikeT1, 4);
        var rgb = new byte[scan.Rgb.Length * 4];
        for (int i = 0; i < rgb.Length / 3; i++)
        {
            int x = i % (2 * scan.Width) / 2, y = i / (2 * scan.Width) / 2;
            rgb.AsSpan(3 * i, 3).Fill(scan.Rgb[3 * (y * scan.Width + x)]);
        }
        var enlarged = new Scan(2 * scan.Width, 2 * scan.Height, "L", "png", rgb);

        Assert.True(Of(enlarged)[At("texture 1")] < Of(scan)[At("texture 1")] - 0.5);
        Assert.Equal(Of(scan)[At("pixels")] + 1, Of(enlarged)[At("pixels")], 0.1);
    }

    [Fact]
    public void Those_of_the_sequence_are_the_first_of_all()
    {
        var scan = new DrawnScan(120, 90, 90).Scan;
        var head = HeadFinder.Find(scan);

        Assert.Equal(AcquisitionColumns.Of(scan, head)[..AcquisitionColumns.SequenceCount], AcquisitionColumns.OfSequence(scan, head));
    }

    private static float[] Of(Scan scan) => AcquisitionColumns.Of(scan, HeadFinder.Find(scan));

    /// <summary>How far two images are apart in the numbers of greys.</summary>
    private static double Tissue(float[] one, float[] other) => one.Zip(other).Take(At("white")).Sum(pair => Math.Abs(pair.First - pair.Second));

    private static int At(string name) => AcquisitionColumns.Names.ToList().IndexOf(name);
}
