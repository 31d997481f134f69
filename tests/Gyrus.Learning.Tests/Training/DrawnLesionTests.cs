using Gyrus.Imaging.Labels;
using Gyrus.Imaging.Tensors;
using Gyrus.Learning.Training;
using Xunit;

namespace Gyrus.Learning.Tests.Training;

/// <summary>Lesions drawn at random, for data in which none is outlined.</summary>
public sealed class DrawnLesionTests
{
    private const int Size = 96;
    private static readonly LabelSet Labels = PublishedLabels.Set;

    [Fact]
    public void A_seed_draws_one_lesion_of_a_size_that_lesions_have()
    {
        var areas = new List<int>();
        for (int seed = 0; seed < 100; seed++)
        {
            var (greys, outline) = DrawnLesion.Draw(Size, new SeededRandom(seed));

            Assert.Equal(DrawnLesion.Draw(Size, new SeededRandom(seed)).Greys, greys);
            areas.Add(outline.Count(share => share > 127));
            // Tissue is left around it, which its greys are measured against.
            Assert.All(Enumerable.Range(0, Size), i => Assert.Equal(0, outline[i]));
            Assert.DoesNotContain((byte)0, greys);
        }

        Assert.InRange(areas.Min(), 12, 200);
        Assert.InRange(areas.Max(), 500, Size * Size / 2);
    }

    [Fact]
    public void Healthy_heads_of_a_set_without_outlines_get_lesions_of_no_type_and_others_stay_as_they_are()
    {
        var (store, labelOf) = Heads();
        var donors = new LesionDonors(Labels, labelOf, store, new ScanChanges(AugmentationOptions.None, DrawnLesions: 0.3));
        int diseased = 0, tissue = 0, shown = 0;
        for (int seed = 0; seed < 400; seed++)
        {
            for (int image = 0; image < labelOf.Count; image++)
            {
                var before = new ShownScan(image, labelOf[image], store);
                var after = donors.Visited(before, seed);
                if (Labels[labelOf[image]].IsTumour != false)
                {
                    Assert.Same(before, after);
                    continue;
                }
                shown++;
                if (after.Label != before.Label)
                {
                    diseased++;
                    Assert.Equal(Labels[labelOf[image]].Modality == Modality.Ct ? "ct_tumor" : "mri_tumor", Labels[after.Label].Name);
                    Assert.Contains((byte)255, after.Lesion!);
                }
                else if (after.Plane is not null)
                {
                    tissue++;
                    Assert.Null(after.Lesion);
                }
            }
        }

        // A few find no place.
        Assert.InRange(diseased / (double)shown, 0.22, 0.34);
        Assert.InRange(tissue / (double)shown, 0.10, 0.18);
    }

    [Fact]
    public void Labels_without_an_untyped_tumour_cannot_have_drawn_ones()
    {
        var (store, labelOf) = Heads();
        var typed = new LabelSet([new("healthy", Modality.Mri, IsTumour: false), new("glioma", Modality.Mri, IsTumour: true, "glioma")]);

        var error = Assert.Throws<GyrusException>(
            () => new LesionDonors(typed, [.. labelOf.Select(_ => 0)], store, new ScanChanges(AugmentationOptions.None, DrawnLesions: 0.3)));

        Assert.Contains("without a type", error.Message, StringComparison.Ordinal);
    }

    private static (PixelStore Store, IReadOnlyList<int> Labels) Heads()
    {
        List<int> labelOf = [.. new[] { "mri_healthy", "mri_healthy", "ct_healthy", "mri_glioma" }.Select(Labels.IndexOf)];
        var random = new Random(1);
        byte[] Head()
        {
            var plane = new byte[Size * Size];
            for (int i = 0; i < plane.Length; i++)
            {
                if (Math.Pow((i % Size) - 48, 2) + Math.Pow((i / Size) - 48, 2) < 1800) plane[i] = (byte)random.Next(60, 140);
            }
            return plane;
        }
        var preprocessing = new Preprocessing(Size, ResampleKernel.Bilinear, Normalisation.Caffe, Framing.Head);
        return (new PixelStore(preprocessing, [.. labelOf.Select(_ => Head())]), labelOf);
    }
}
