using Gyrus.Data.Acquisition;
using Gyrus.Evaluation.Scans;
using Gyrus.Imaging.Acquisition;
using Gyrus.Imaging.Labels;
using Gyrus.Learning.Novelty;
using Gyrus.Models.Trust;
using Xunit;

namespace Gyrus.Learning.Tests.Novelty;

public sealed class KindStudyTests
{
    private const int Images = 200;

    [Fact]
    public void A_planted_kind_of_one_answer_is_refused_and_one_of_both_is_not()
    {
        // Sagittal slices have tumours alone; axial ones have both answers.
        var samples = Samples((i, sagittal) => sagittal || i % 2 == 0);

        var known = KindStudy.Of(samples.Images, samples.Tumours, TestContext.Current.CancellationToken);

        Assert.All(samples.Images.Where(image => image.Plane == "axial"), image => Assert.Null(known.Refusal(known.IndexOf(image.Columns))));
        Assert.All(
            samples.Images.Where(image => image.Plane == "sagittal"),
            image => Assert.Matches(@"^Sagittal T1: the training data has tumours only \((\d+) of \1 images\), ", known.Refusal(known.IndexOf(image.Columns))));
    }

    [Fact]
    public void Kinds_with_both_answers_are_not_refused()
    {
        var samples = Samples((i, _) => i % 2 == 0);

        var known = KindStudy.Of(samples.Images, samples.Tumours, TestContext.Current.CancellationToken);

        Assert.All(samples.Images, image => Assert.Null(known.Refusal(known.IndexOf(image.Columns))));
    }

    [Fact]
    public void A_group_of_many_images_counts_as_the_root_of_them()
    {
        // A hundred tumours of one patient, and thirty heads of as many people.
        var samples = Samples((i, _) => i < 100);
        int[] used = [.. Enumerable.Range(0, 130)];

        var known = KindStudy.Of(
            [.. used.Select(i => samples.Images[i] with { Group = i < 100 ? "one patient" : "" })], [.. used.Select(i => samples.Tumours[i])], TestContext.Current.CancellationToken);

        var answers = Assert.Single(known.Answers);
        Assert.Equal((31, 100, 30), (answers.Groups, answers.Tumours, answers.Healthy));
        Assert.Equal(10.0 / 40, answers.TumourShare, 1e-9);
    }

    [Fact]
    public void Images_that_were_kept_from_training_are_counted_in_their_kind()
    {
        var samples = Samples((i, _) => i % 2 == 0);
        var known = KindStudy.Of(samples.Images, samples.Tumours, TestContext.Current.CancellationToken);
        var (axial, sagittal) = (samples.Images[0].Columns, samples.Images[^1].Columns);
        ScoredScan Scan(bool tumour, float called) => new($"{tumour}{called}", "", PublishedLabels.Set.IndexOf(tumour ? "mri_glioma" : "mri_healthy"),
            [0, 0, called, 1 - called, 0, 0, 0])
        { Labels = PublishedLabels.Set, CalledFrom = 0.4 };

        var kept = known.Kept([(axial, Scan(true, 0.5f)), (axial, Scan(true, 0.3f)), (axial, Scan(true, 0.4f)), (axial, Scan(false, 0.6f)), (axial, Scan(false, 0.1f))]);

        Assert.Equal(new KindRecord(3, 2, 2, 1), kept.Answers[kept.IndexOf(axial)].Kept);
        Assert.Null(kept.Answers[kept.IndexOf(sagittal)].Kept);
    }

    /// <summary>Axial images and then as many sagittal ones, whose numbers are apart.</summary>
    private static (KindSample[] Images, bool[] Tumours) Samples(Func<int, bool, bool> isTumour)
    {
        var random = new SeededRandom(3);
        var images = new List<KindSample>();
        var tumours = new List<bool>();
        foreach (bool sagittal in (bool[])[false, true])
        {
            for (int i = 0; i < Images; i++)
            {
                tumours.Add(isTumour(i, sagittal));
                images.Add(new KindSample(
                    $"{sagittal}-{i:000}.png", "mri_tumor", "t1", sagittal ? "sagittal" : "axial",
                    [.. Enumerable.Range(0, AcquisitionColumns.Count).Select(_ => (sagittal ? 1f : 0) + (0.1f * (float)random.NextDouble()))]));
            }
        }
        return ([.. images], [.. tumours]);
    }
}
