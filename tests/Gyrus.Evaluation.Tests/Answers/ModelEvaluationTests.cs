using Gyrus.Data.Manifests;
using Gyrus.Evaluation.Answers;
using Gyrus.Evaluation.Figures;
using Gyrus.Evaluation.Scans;
using Xunit;

namespace Gyrus.Evaluation.Tests.Answers;

public sealed class ModelEvaluationTests
{
    private static readonly ScoredScan[] s_scans = MadeUpScans.Many(40, seed: 9);
    private static readonly ModelEvaluationOptions s_options = new(new EvaluationOptions { Bootstrap = new(50) }, []);

    // Each two neighbours are copies of one another.
    private static readonly Manifest s_manifest = new("/nowhere", [.. s_scans.Select((scan, i) => new ManifestRow(
        scan.Path, scan.Sha256, scan.Labels[scan.Truth].Name, Split.Test, 9, 9, "L", Split.None) { Group = $"g{i / 2}" })]);

    private static ModelAnswers Answers(params int[] trained) =>
        new(s_scans, trained.Select(i => s_scans[i].Sha256).ToHashSet(), s_scans.Skip(38).Select(scan => scan.Sha256).ToHashSet(), Trust: null);

    [Fact]
    public void Copies_of_training_images_are_leaked_and_can_be_left_out()
    {
        var all = ModelEvaluation.Judge(s_manifest, s_manifest, Answers(0, 5), s_options);
        var unseen = ModelEvaluation.Judge(s_manifest, s_manifest, Answers(0, 5), s_options with { WithoutKnown = true });

        Assert.Equal([s_scans[0].Path, s_scans[1].Path, s_scans[4].Path, s_scans[5].Path], all.Report.Leaked.Paths);
        Assert.Equal((4, 36), (unseen.LeftOut, unseen.Report.Count));
        Assert.False(unseen.Report.IsLeaked);
        Assert.Equal(2, unseen.ChosenOn);
        Assert.Equal(20, all.Report.Settings.Groups);
    }

    [Fact]
    public void Label_that_is_asked_for_has_the_figures_of_two_kinds()
    {
        var options = s_options with { Options = s_options.Options with { Positive = 4 } };

        var report = ModelEvaluation.Judge(s_manifest, s_manifest, Answers(), options).Report;

        Assert.Equal(s_scans[0].Labels[4].Name, report.Positive!.Label);
        Assert.Equal(report.Labels[4].Figures[LabelFigures.Auroc], report.Positive.Figures[BinaryFigures.Auroc]);
        Assert.Equal(BinaryFigures.All.Select(figure => figure.Name), report.Positive.Figures.All.Select(figure => figure.Key));
    }
}
