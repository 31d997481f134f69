using Gyrus.Data.Manifests;
using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.HeadRegion;
using Gyrus.Imaging.Tensors;
using Gyrus.Learning.Training;
using Gyrus.Testing;
using NetVips;
using Xunit;

namespace Gyrus.Learning.Tests.Training;

public sealed class LesionOutlineTests : IDisposable
{
    private static readonly Preprocessing Head = new(64, ResampleKernel.Bilinear, Normalisation.Tf, Framing.Head);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Outline_lies_where_the_lesion_does_after_framing()
    {
        var scan = new DrawnScan(300, 220, 0).Ellipse(170, 100, 60, 80, 90).Ellipse(190, 120, 16, 12, 250).Scan;
        Save("mask.png", new DrawnScan(300, 220, 0).Ellipse(190, 120, 16, 12, 255).Scan);
        var (manifest, row) = Row("mask.png");

        var outline = LesionOutline.Read(manifest, row, scan, Head)!;

        var pixels = PixelStore.Pixels(scan, Head);
        Assert.True(HeadFraming.Apply(scan).IsHead);
        int both = 0, either = 0;
        for (int i = 0; i < outline.Length; i++)
        {
            bool bright = pixels[i] > 170, drawn = outline[i] == 255;
            if (bright && drawn) both++;
            if (bright || drawn) either++;
        }
        Assert.True(both > 0.9 * either, $"{both} of {either}");
    }

    [Fact]
    public void Scan_without_a_mask_or_with_an_empty_one_has_no_outline()
    {
        var scan = new DrawnScan(100, 100, 0).Head(50, 50, 40, 40).Scan;
        Save("empty.png", new DrawnScan(100, 100, 0).Scan);

        foreach (var mask in new[] { "", "empty.png" })
        {
            var (manifest, row) = Row(mask);
            Assert.Null(LesionOutline.Read(manifest, row, scan, Head));
        }
    }

    [Fact]
    public void Mask_of_another_size_is_told()
    {
        var scan = new DrawnScan(100, 100, 0).Head(50, 50, 40, 40).Scan;
        Save("small.png", new DrawnScan(50, 50, 255).Scan);
        var (manifest, row) = Row("small.png");

        var error = Assert.Throws<ScanException>(() => LesionOutline.Read(manifest, row, scan, Head));

        Assert.Contains("50 x 50", error.Message, StringComparison.Ordinal);
    }

    private void Save(string name, Scan scan)
    {
        using var image = Image.NewFromMemory(scan.Rgb, scan.Width, scan.Height, 3, Enums.BandFormat.Uchar);
        image.Pngsave(_folder.File(name));
    }

    private (Manifest Manifest, ManifestRow Row) Row(string mask)
    {
        var row = new ManifestRow("a.png", new('a', 64), "mri_glioma", Split.Train, 1, 1, "L", Split.None) { More = new([mask]) };
        return (new Manifest(_folder.Path, [row]) { MoreColumns = [KnownColumns.Mask] }, row);
    }
}
