using System.Text.Json;
using Gyrus.Evaluation.Figures;
using Gyrus.Evaluation.Reports;
using Gyrus.Evaluation.Scans;
using Gyrus.Evaluation.Statistics;
using Gyrus.Evaluation.TrustFitting;
using Gyrus.Imaging.Labels;
using Xunit;

namespace Gyrus.Evaluation.Tests.Reports;

public class EvaluatorTests
{
    private static readonly HashSet<string> s_noTraining = [];
    private static readonly EvaluationOptions s_quick = new() { Bootstrap = new(Resamples: 200) };

    // ct_healthy, ct_tumor, mri_glioma, mri_healthy, mri_meningioma, mri_pituitary, mri_tumor
    private static readonly ScoredScan[] s_small =
    [
        MadeUpScans.Scan(0, "ct_healthy", 0.75f, 0.25f, 0, 0, 0, 0, 0),          // right
        MadeUpScans.Scan(1, "ct_tumor", 0.5f, 0.25f, 0.25f, 0, 0, 0, 0),         // ct_healthy, though tumour at 0.5
        MadeUpScans.Scan(2, "mri_glioma", 0, 0, 0.25f, 0.125f, 0.125f, 0, 0.5f), // mri_tumor; of the types glioma
        MadeUpScans.Scan(3, "mri_pituitary", 0, 0, 0, 0.625f, 0.25f, 0.125f, 0), // mri_healthy; of the types meningioma
        MadeUpScans.Scan(4, "mri_healthy", 0.5f, 0, 0, 0.375f, 0, 0, 0.125f),    // ct_healthy, and CT on a tie
    ];

    [Fact]
    public void Figures_of_a_small_case_equal_those_by_hand()
    {
        var report = Evaluator.Run(s_small, s_noTraining, s_quick);

        Assert.Equal(5, report.Count);
        Assert.Equal(5, report.Distinct);
        Assert.Equal(1 / 5.0, report.Overall[OverallFigures.Accuracy].Value);
        Assert.Equal(1 / 2.0, report.Overall[OverallFigures.TypeAccuracy].Value);
        Assert.Equal(4 / 5.0, report.Overall[OverallFigures.ModalityAccuracy].Value);
        // Tumour probabilities: tumours 0.5, 0.875, 0.375; healthy 0.25, 0.125.
        Assert.Equal(2 / 3.0, report.Tumour[BinaryFigures.Sensitivity].Value);
        Assert.Equal(1.0, report.Tumour[BinaryFigures.Specificity].Value);
        Assert.Equal(4 / 5.0, report.Tumour[BinaryFigures.Accuracy].Value);
        Assert.Equal(1.0, report.Tumour[BinaryFigures.Auroc].Value);
        Assert.Equal((0.5 + 0.125 + 0.625 + 0.25 + 0.125) / 5, report.Tumour[BinaryFigures.CalibrationError].Value!.Value, 1e-12);
        // ct_healthy: given to scans 0, 1 and 4; true of scan 0.
        Assert.Equal(1 / 3.0, report.Labels[0].Figures[LabelFigures.Precision].Value);
        Assert.Equal(1.0, report.Labels[0].Figures[LabelFigures.Recall].Value);
        Assert.Equal(1 / 2.0, report.Labels[0].Figures[LabelFigures.F1].Value);
        Assert.Equal(1.0, report.Labels[0].Figures[LabelFigures.Auroc].Value);
        // Labels seen are ct_healthy 1/2; ct_tumor, glioma, healthy, pituitary and mri_tumor 0.
        Assert.Equal(0.5 / 6, report.Overall[OverallFigures.MacroF1].Value!.Value, 1e-12);
        Assert.Equal([1, 0, 0, 0, 0, 0, 0], report.Confusion[0]);
        Assert.Equal([0, 0, 0, 0, 0, 0, 1], report.Confusion[2]);
        Assert.Equal([0, 0, 0, 1, 0, 0, 0], report.Confusion[5]);
    }

    [Fact]
    public void Figures_that_are_not_defined_are_null_and_never_NaN()
    {
        var report = Evaluator.Run([s_small[0]], s_noTraining, s_quick);
        var undefined = new Figure(null, null, null);
        Assert.Equal(undefined, report.Tumour[BinaryFigures.Auroc]);
        Assert.Equal(undefined, report.Tumour[BinaryFigures.Sensitivity]);
        Assert.Equal(undefined, report.Overall[OverallFigures.TypeAccuracy]);
        Assert.Equal(undefined, report.Labels[4].Figures[LabelFigures.Precision]);
        Assert.Equal(undefined, report.Labels[4].Figures[LabelFigures.Recall]);
        Assert.Equal(undefined, report.Labels[4].Figures[LabelFigures.F1]);
        Assert.Equal(new(1, 1, 1), report.Overall[OverallFigures.Accuracy]);

        string json = EvaluationJson.Write(report);
        Assert.DoesNotContain("NaN", json, StringComparison.Ordinal);
        var auroc = JsonDocument.Parse(json).RootElement.GetProperty("tumour").GetProperty("auroc");
        Assert.Equal(JsonValueKind.Null, auroc.GetProperty("value").ValueKind);
    }

    [Fact]
    public void Threshold_moves_sensitivity_and_specificity_alone()
    {
        var report = Evaluator.Run(s_small, s_noTraining, s_quick with { TumourThreshold = 0.25 });
        Assert.Equal(1.0, report.Tumour[BinaryFigures.Sensitivity].Value);
        Assert.Equal(1 / 2.0, report.Tumour[BinaryFigures.Specificity].Value);
        Assert.Equal(1 / 5.0, report.Overall[OverallFigures.Accuracy].Value);
    }

    [Fact]
    public void Report_does_not_depend_on_the_order_of_the_scans()
    {
        var scans = MadeUpScans.Many(150, seed: 1);
        int[] groups = [.. Enumerable.Range(0, 150).Select(i => i / 3)];
        int[] shuffled = [.. Enumerable.Range(0, 150)];
        new Random(2).Shuffle(shuffled);

        string inOrder = EvaluationJson.Write(Evaluator.Run(scans, s_noTraining, s_quick with { Groups = groups }));
        string inAnother = EvaluationJson.Write(Evaluator.Run(
            [.. shuffled.Select(i => scans[i])],
            s_noTraining,
            s_quick with { Groups = [.. shuffled.Select(i => groups[i])] }));

        Assert.Equal(inOrder, inAnother);
    }

    [Fact]
    public void Intervals_hold_their_values()
    {
        var report = Evaluator.Run(MadeUpScans.Many(300, seed: 3), s_noTraining);
        Figure[] figures =
        [
            report.Overall[OverallFigures.Accuracy], report.Overall[OverallFigures.MacroF1], report.Overall[OverallFigures.TypeAccuracy],
            report.Overall[OverallFigures.ModalityAccuracy], report.Overall[OverallFigures.LogLoss], report.Overall[OverallFigures.Brier],
            report.Tumour[BinaryFigures.Auroc], report.Tumour[BinaryFigures.Sensitivity], report.Tumour[BinaryFigures.Specificity], report.Tumour[BinaryFigures.Accuracy],
            .. report.Labels.SelectMany(label => new[] { label.Figures[LabelFigures.Precision], label.Figures[LabelFigures.Recall], label.Figures[LabelFigures.F1], label.Figures[LabelFigures.Auroc] }),
        ];
        Assert.All(figures, figure =>
        {
            Assert.InRange(figure.Value!.Value, figure.Low!.Value, figure.High!.Value);
            Assert.True(figure.Low < figure.High);
        });
    }

    [Fact]
    public void Copies_in_one_group_widen_the_intervals()
    {
        ScoredScan[] copied = [.. MadeUpScans.Many(100, seed: 4).SelectMany(scan =>
            Enumerable.Range(0, 4).Select(copy => scan with { Path = scan.Path + copy }))];
        var alone = Evaluator.Run(copied, s_noTraining);
        var grouped = Evaluator.Run(
            copied, s_noTraining, new() { Groups = [.. Enumerable.Range(0, 400).Select(i => i / 4)] });

        Assert.Equal(100, alone.Distinct);
        Assert.Equal(400, alone.Settings.Groups);
        Assert.Equal(100, grouped.Settings.Groups);
        Assert.Equal(alone.Tumour[BinaryFigures.Auroc].Value, grouped.Tumour[BinaryFigures.Auroc].Value);
        Assert.True(Width(grouped.Overall[OverallFigures.Accuracy]) > 1.6 * Width(alone.Overall[OverallFigures.Accuracy]));
        Assert.True(Width(grouped.Tumour[BinaryFigures.Auroc]) > 1.6 * Width(alone.Tumour[BinaryFigures.Auroc]));
    }

    [Fact]
    public void Scans_among_the_training_images_mark_the_report_as_leaked()
    {
        var training = new HashSet<string> { s_small[3].Sha256, s_small[1].Sha256, "another" };
        var report = Evaluator.Run(s_small, training, s_quick);
        Assert.True(report.IsLeaked);
        Assert.Equal(2, report.Leaked.Count);
        Assert.Equal(["scan-0001.png", "scan-0003.png"], report.Leaked.Paths);
        Assert.False(Evaluator.Run(s_small, new HashSet<string> { "another" }, s_quick).IsLeaked);
    }

    [Fact]
    public void Evaluation_without_scans_says_so() =>
        Assert.Throws<GyrusException>(() => Evaluator.Run([], s_noTraining));

    [Fact]
    public void Scans_that_cannot_be_are_refused_by_name()
    {
        ScoredScan[] wrong =
        [
            s_small[0] with { Truth = 7 },
            s_small[0] with { Truth = -1 },
            s_small[0] with { Probabilities = [1] },
            s_small[0] with { Probabilities = [0.5f, 0, 0, 0, 0, 0, 0] },
            s_small[0] with { Probabilities = [float.NaN, 0, 0, 0, 0, 0, 1] },
        ];
        Assert.All(wrong, scan => Assert.Contains(
            "scan-0000.png", Assert.ThrowsAny<Exception>(() => Evaluator.Run([scan], s_noTraining)).Message,
            StringComparison.Ordinal));
        Assert.Throws<ArgumentException>(() => Evaluator.Run(s_small, s_noTraining, new() { Groups = [1] }));
    }

    [Fact]
    public void Options_outside_their_range_are_refused()
    {
        EvaluationOptions[] wrong =
            [new() { TumourThreshold = 1.5 }, new() { TumourThreshold = double.NaN }, new() { CalibrationBins = 0 }];
        Assert.All(wrong, options =>
            Assert.Throws<GyrusException>(() => Evaluator.Run(s_small, s_noTraining, options)));
    }

    [Fact]
    public void Every_label_has_its_row() => Assert.Equal(
        PublishedLabels.Set.All.Select(label => label.Name),
        Evaluator.Run(s_small, s_noTraining, s_quick).Labels.Select(label => label.Label));

    private static double Width(Figure figure) => (figure.High - figure.Low)!.Value;

    [Fact]
    public void Answers_that_are_no_numbers_are_told_as_the_models_fault_and_not_as_a_defect()
    {
        var scan = MadeUpScans.Scan(0, "ct_healthy", [.. Enumerable.Repeat(float.NaN, 7)]);

        foreach (var error in (GyrusException[])
        [
            Assert.Throws<GyrusException>(() => Evaluator.Run([scan], s_noTraining)),
            Assert.Throws<GyrusException>(() => TrustFit.Run([scan], new TrustOptions())),
        ])
        {
            Assert.Contains("its training diverged", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Notes_name_labels_without_a_scan_and_folds_of_one_kind_alone()
    {
        ScoredScan[] folds = [.. s_small.Select((scan, i) => scan with { Fold = i == 1 ? 1 : 0 })];

        Assert.Contains(Evaluator.Run(folds, s_noTraining, s_quick).Notes!, note => note.StartsWith("Fold 1 has no healthy scan", StringComparison.Ordinal));
        Assert.Contains(Evaluator.Run(s_small, s_noTraining, s_quick).Notes!, note => note.StartsWith("No scan is of mri_meningioma, mri_tumor:", StringComparison.Ordinal));
        Assert.Contains(Evaluator.Run([s_small[1]], s_noTraining, s_quick).Notes!, note => note.StartsWith("No scan is healthy", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"resamples\": 200", "\"resamples\": -1", "settings.resamples")]
    [InlineData("\"tumourThreshold\": 0.5", "\"tumourThreshold\": 1e999", "settings.tumourThreshold")]
    [InlineData("\"count\": 5,", "", "count")]
    [InlineData("\"overall\": {", "\"overall\": null, \"more\": {", "overall")]
    public void A_file_with_a_member_that_no_evaluation_gives_is_refused_by_name(string good, string bad, string said)
    {
        using var temp = new Gyrus.Testing.TempFolder();
        var path = temp.File("evaluation.json");
        var json = EvaluationJson.Write(Evaluator.Run(s_small, s_noTraining, s_quick));
        File.WriteAllText(path, json);
        Assert.Equal(5, EvaluationJson.Read(path).Count);
        Assert.Contains(good, json, StringComparison.Ordinal);
        File.WriteAllText(path, json.Replace(good, bad, StringComparison.Ordinal));

        var error = Assert.Throws<GyrusException>(() => EvaluationJson.Read(path));

        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }
}
