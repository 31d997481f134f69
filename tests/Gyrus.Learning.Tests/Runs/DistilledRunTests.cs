using Gyrus.Data.Manifests;
using Gyrus.Imaging.Labels;
using Gyrus.Learning.Heads;
using Gyrus.Learning.Layers;
using Gyrus.Learning.Networks;
using Gyrus.Learning.Runs;
using Gyrus.Learning.Tensors;
using Gyrus.Learning.Tests.Training;
using Gyrus.Learning.Training;
using Gyrus.Models;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Xunit;
using static TorchSharp.torch;

namespace Gyrus.Learning.Tests.Runs;

/// <summary>Runs that learn from the answers of a model.</summary>
public sealed class DistilledRunTests : IDisposable
{
    private const string Run = "run";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_that_learns_from_a_model_alone_answers_as_it_does_whatever_the_labels_say()
    {
        Train(Plan(), "large");
        var (graph, tensors) = Open("large").FoldedNetwork();
        var teacher = Package(graph, tensors);
        var plan = Plan(teacher);
        // In training every image is called by the next label; the epoch is chosen on true ones.
        string[] names = [.. plan.Manifest.Labels.Names];
        var wrong = plan.Manifest with
        {
            Rows = [.. plan.Manifest.Rows.Select(row => row.Split != Split.Train ? row : row with { Label = names[(plan.Manifest.Labels.IndexOf(row.Label) + 1) % names.Length] })],
        };

        var record = Train(plan with { Manifest = wrong });
        var alone = Train(plan with { Manifest = wrong, Teacher = null }, "alone");

        Assert.True(record.Best.Val.Accuracy > 0.7, $"{record.Best.Val.Accuracy} right");
        Assert.True(alone.Best.Val.Accuracy < 0.5, $"{alone.Best.Val.Accuracy} right");
        Assert.Equal(teacher.Description.NetworkHash, record.Recipe.Distil!.TeacherHash);
        Assert.Equal(new TeacherChoice(teacher.Folder, teacher.Description.NetworkHash, 1, 2), TrainingRecipe.Of(plan).Distil);
    }

    [Fact]
    public void The_map_of_evidence_is_learnt_too()
    {
        var teacher = Teacher();
        double Unlike(double weight, string run)
        {
            var plan = Plan(teacher);
            Train(plan with { Training = plan.Training with { EvidenceWeight = weight } }, run);
            var (folded, weights) = Open(run).FoldedNetwork();
            using var student = new TorchNetwork(folded, weights, batchNormEpsilon: 0);
            using var taught = Learning.Training.Teacher.Open(teacher);
            using var noise = rand([16, 3, 32, 32], generator: new Generator(4));
            using var noGradient = no_grad();
            var objective = new EvidenceObjective(student, PublishedLabels.Set);
            var (logits, taps) = student.Run(noise, [objective.FeatureMap]);
            var own = nn.functional.softmax(objective.Evidence(taps[objective.FeatureMap], logits).flatten(1), 1);
            var teachers = nn.functional.softmax(taught.Answer(noise).Evidence!.flatten(1) * 64, 1);
            return (own - teachers).abs().sum([1]).mean().item<float>();
        }

        double with = Unlike(3, "with"), without = Unlike(0, "without");
        Assert.True(with < 0.8 * without, $"{with} with, {without} without");
    }

    [Fact]
    public void A_model_that_sees_images_otherwise_or_has_seen_what_the_run_is_judged_by_is_refused()
    {
        var teacher = Teacher();
        var plan = Plan(teacher);
        string Refusal(RunPlan refused) => Assert.Throws<GyrusException>(() => Train(refused)).Message;

        Assert.Contains("this run of 40", Refusal(plan with { Preprocessing = TinyData.Backbone.Preprocessing(size: 40) }), StringComparison.Ordinal);
        Assert.Contains("start size", Refusal(plan with { FineTune = plan.FineTune! with { StartSize = 32 } }), StringComparison.Ordinal);
        Assert.Contains("fine-tune it", Refusal(plan with { FineTune = null }), StringComparison.Ordinal);
        var judged = plan.Manifest.Rows.First(row => row.Split == Split.Test).Sha256;
        var knows = teacher with { Description = teacher.Description with { TrainingImages = [judged] } };
        Assert.Contains("trained on 1 images that are in validation or test", Refusal(plan with { Teacher = plan.Teacher! with { Package = knows } }), StringComparison.Ordinal);
        Assert.Contains(
            "another model", Assert.Throws<GyrusException>(() => ChosenTeacher.Of(new(teacher.Folder, new string('0', 64)))).Message, StringComparison.Ordinal);
        Assert.Contains("above 0, to 1", Assert.Throws<GyrusException>(() => ChosenTeacher.Of(new(teacher.Folder, null, Share: 1.5))).Message, StringComparison.Ordinal);
    }

    // Of other weights than the student begins with.
    private ModelPackage Teacher()
    {
        var head = new HeadOptions([], 0).Graph(TinyData.Backbone.FeatureCount, PublishedLabels.Set.Count);
        var (backbone, folded) = BatchNormFolding.Fold(TinyData.Backbone.Graph, RandomWeights.For(TinyData.Backbone.Graph, seed: 8), TinyData.Weights().BatchNormEpsilon);
        return Package(backbone.Then(head), folded.With(HeadWeights.Draw(head, 7)));
    }

    private ModelPackage Package(LayerGraph graph, TensorTable tensors) => GeneratedPackage.Write(
        _folder.File("teacher"), graph.OutsideTraining(), tensors, TinyData.Backbone.Preprocessing(), TinyData.Backbone.FeatureMap, "avg_pool");

    private TrainedRun Open(string run) => TrainedRun.Open(_folder.File(run), TinyData.Backbone, TinyData.Weights());

    private RunPlan Plan(ModelPackage? teacher = null) => new(
        TinyData.Write(_folder, 10), "dataset.csv", TinyData.Backbone, TinyData.Weights(), TinyData.Backbone.Preprocessing(), Float16: false, new HeadOptions([], 0),
        new TrainingOptions { Epochs = 80, LearningRate = 2e-2, Schedule = Schedule.Cosine, Metric = SelectionMetric.Loss },
        new FineTuneOptions { BackboneRate = 1, FirstLayerRate = 1, Augmentation = AugmentationOptions.None })
    {
        Teacher = teacher is null ? null : ChosenTeacher.Of(new TeacherChoice(teacher.Folder, null, Share: 1)),
    };

    private RunRecord Train(RunPlan plan, string run = Run) => TrainingRun.Train(
        plan, _folder.File(run), resume: false, _folder.File("features"), TimeProvider.System, new RunObserver(), TestContext.Current.CancellationToken);
}
