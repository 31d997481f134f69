using Gyrus.Evaluation.Figures;
using Gyrus.Evaluation.Reports;
using Gyrus.Evaluation.Scans;
using Gyrus.Imaging.Labels;
using Xunit;

namespace Gyrus.Evaluation.Tests.Scans;

public sealed class LabelMapTests
{
    private static readonly ScoredScan s_scan = new("a.png", new string('a', 64), -1, [0.1f, 0.2f, 0.3f, 0.15f, 0.05f, 0.1f, 0.1f])
    {
        Labels = PublishedLabels.Set,
    };

    [Fact]
    public void A_model_of_seven_labels_is_judged_on_tumours_and_healthy()
    {
        var data = LabelNames.Guess(["yes", "no"]);
        var map = LabelMap.Of(data, PublishedLabels.Set, new Dictionary<string, string> { ["yes"] = "tumour", ["no"] = "healthy" });

        var scan = map.Map(s_scan, "yes");

        Assert.Equal(data, scan.Labels);
        Assert.Equal(data.IndexOf("yes"), scan.Truth);
        Assert.Equal(0.25, scan.Probabilities[data.IndexOf("no")], 1e-6);
        Assert.Equal(0.75, scan.TumourProbability, 1e-6);
    }

    [Fact]
    public void Types_are_judged_by_their_share_of_what_the_data_can_say()
    {
        var data = LabelNames.Guess(["glioma", "notumor", "pituitary"], new LabelHints(Modality: Modality.Mri));
        var map = LabelMap.Of(data, PublishedLabels.Set, new Dictionary<string, string> { ["notumor"] = "mri_healthy" });

        var scan = map.Map(s_scan, "glioma");

        Assert.Equal([0.3 / 0.55, 0.15 / 0.55, 0.1 / 0.55], scan.Probabilities.Select(p => (double)p), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Theory]
    [InlineData("perhaps=tumour", "no label 'perhaps'")]
    [InlineData("yes=tumour", "no label for 'no' of the data. Map it to tumour, healthy, glioma")]
    [InlineData("yes=tumour,no=lymphoma", "mapped to 'lymphoma'")]
    [InlineData("yes=tumour,no=ct_tumor", "'no' and 'yes' of the data both stand for ct_tumor")]
    public void A_map_that_is_none_says_why(string pairs, string expected)
    {
        var meanings = pairs.Split(',').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);

        Assert.Contains(expected, Assert.Throws<GyrusException>(
            () => LabelMap.Of(LabelNames.Guess(["yes", "no"]), PublishedLabels.Set, meanings)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Figures_of_tumours_and_modality_are_not_made_up_where_labels_do_not_tell_them()
    {
        var labels = LabelNames.Guess(["grade I", "grade II"]);
        ScoredScan[] scans =
        [
            new("a.png", new string('a', 64), 0, [0.8f, 0.2f]) { Labels = labels },
            new("b.png", new string('b', 64), 1, [0.3f, 0.7f]) { Labels = labels },
        ];

        var report = Evaluator.Run(scans, new HashSet<string>(), new EvaluationOptions { Bootstrap = new(10) });

        Assert.Equal(1, report.Overall[OverallFigures.Accuracy].Value);
        Assert.All(
            [report.Tumour[BinaryFigures.Auroc], report.Tumour[BinaryFigures.Sensitivity], report.Tumour[BinaryFigures.Specificity], report.Tumour[BinaryFigures.Accuracy], report.Overall[OverallFigures.ModalityAccuracy]],
            figure => Assert.Null(figure.Value));
        Assert.DoesNotContain("sensitivity", EvaluationTable.Render(report), StringComparison.Ordinal);
        Assert.Contains(report.Notes!, note => note.StartsWith("The labels do not part tumours", StringComparison.Ordinal));
    }
}
