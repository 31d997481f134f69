using Gyrus.Imaging.Labels;
using Gyrus.Learning.Training;
using Xunit;
using static TorchSharp.torch;

namespace Gyrus.Learning.Tests.Training;

public sealed class ObjectiveTests
{
    private static readonly int Unknown = PublishedLabels.Set.IndexOf("mri_tumor");
    private static readonly int Glioma = PublishedLabels.Set.IndexOf("mri_glioma");

    [Fact]
    public void Loss_of_a_tumour_of_unknown_type_is_of_the_summed_probability_of_all_mri_tumours()
    {
        using var logits = Logits(1);
        var p = Softmax(logits);
        double any = PublishedLabels.Set.All.Select((label, i) => label.IsTumour == true && label.Modality == Modality.Mri ? p[i] : 0).Sum();

        Assert.Equal(-Math.Log(any), Loss(logits, Unknown, new TrainingOptions()), 1e-5);
        Assert.Equal(-Math.Log(p[Unknown]), Loss(logits, Unknown, new TrainingOptions { Unspecified = Unspecified.AsPublished }), 1e-5);
        Assert.Equal(-Math.Log(p[Glioma]), Loss(logits, Glioma, new TrainingOptions()), 1e-5);
    }

    [Fact]
    public void Loss_of_a_tumour_of_unknown_type_is_not_of_types_that_the_training_part_has_no_image_of()
    {
        using var logits = Logits(5);
        var p = Softmax(logits);
        int[] untyped = [PublishedLabels.Set.IndexOf("mri_healthy"), Unknown];

        double none = new Objective(untyped, PublishedLabels.Set, new TrainingOptions(), CPU).Loss(logits, [Unknown]).item<float>();
        double one = new Objective([.. untyped, Glioma], PublishedLabels.Set, new TrainingOptions(), CPU).Loss(logits, [Unknown]).item<float>();

        Assert.Equal(-Math.Log(p[Unknown]), none, 1e-5);
        Assert.Equal(-Math.Log(p[Unknown] + p[Glioma]), one, 1e-5);
    }

    [Fact]
    public void Gradient_of_a_tumour_of_unknown_type_favours_no_type_beyond_what_is_believed_already()
    {
        using var logits = Logits(2).requires_grad_(true);
        Objective(new TrainingOptions()).Loss(logits, [Unknown]).backward();
        var gradient = logits.grad!.data<float>().ToArray();
        var p = Softmax(logits.detach());

        // d loss / d logit = p - p / (sum over MRI tumours) for those, p for the others.
        double any = PublishedLabels.Set.All.Select((label, i) => label.IsTumour == true && label.Modality == Modality.Mri ? p[i] : 0).Sum();
        for (int i = 0; i < 7; i++)
        {
            bool counted = PublishedLabels.Set[i].IsTumour == true && PublishedLabels.Set[i].Modality == Modality.Mri;
            Assert.Equal(counted ? p[i] - (p[i] / any) : p[i], gradient[i], 1e-5);
        }
    }

    [Fact]
    public void Smoothing_spreads_its_share_over_all_labels()
    {
        using var logits = Logits(3);
        var p = Softmax(logits);

        double expected = (0.9 * -Math.Log(p[Glioma])) - (0.1 * p.Average(value => Math.Log(value)));

        Assert.Equal(expected, Loss(logits, Glioma, new TrainingOptions { LabelSmoothing = 0.1 }), 1e-5);
    }

    [Fact]
    public void Loss_of_a_mixed_pair_is_the_mixture_of_their_losses()
    {
        using var logits = Logits(4);
        var objective = Objective(new TrainingOptions());

        double mixed = objective.Loss(logits, [Glioma], [0], share: 0.7).item<float>();

        Assert.Equal(
            (0.7 * Loss(logits, Glioma, new TrainingOptions())) + (0.3 * Loss(logits, 0, new TrainingOptions())), mixed, 1e-5);
    }

    private static double Loss(Tensor logits, int truth, TrainingOptions options) =>
        Objective(options).Loss(logits, [truth]).item<float>();

    private static Objective Objective(TrainingOptions options) => new([0, 1, 2, 3, 4, 5, 6], PublishedLabels.Set, options, CPU);

    private static Tensor Logits(int seed)
    {
        var random = new Random(seed);
        return tensor(Enumerable.Range(0, 7).Select(_ => (random.NextSingle() * 4) - 2).ToArray(), [1, 7]);
    }

    private static double[] Softmax(Tensor logits) =>
        [.. nn.functional.softmax(logits, 1).data<float>().ToArray().Select(value => (double)value)];
}
