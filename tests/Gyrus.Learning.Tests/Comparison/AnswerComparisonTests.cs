using Gyrus.Evaluation.Figures;
using Gyrus.Evaluation.Reports;
using Gyrus.Evaluation.Scans;
using Gyrus.Evaluation.Statistics;
using Gyrus.Imaging.Labels;
using Gyrus.Learning.Comparison;
using Gyrus.Learning.Runs;
using Gyrus.Testing;
using Xunit;
using static Gyrus.Learning.Tests.Comparison.MadeUpRuns;

namespace Gyrus.Learning.Tests.Comparison;

/// <summary>Evaluations of runs side by side, and the intervals of their differences.</summary>
public sealed class AnswerComparisonTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Figures_and_intervals_of_a_run_are_those_of_its_evaluation()
    {
        var (first, second) = (Answers(120, seed: 1), Answers(120, seed: 1, noise: 2));
        var manifest = WriteManifest(_folder, first, groupSize: 3);
        var intervals = new BootstrapOptions();
        int[] groups = [.. Enumerable.Range(0, 120).Select(i => i / 3)];

        var comparison = Compare([Write(_folder, "a", Record(), first), Write(_folder, "b", Record(), second)], manifest, intervals);

        Assert.Equal(40, comparison.Groups);
        for (int run = 0; run < 2; run++)
        {
            var report = Evaluator.Run(run == 0 ? first : second, new HashSet<string>(), new EvaluationOptions { Groups = groups });
            foreach (var figure in OverallFigures.All) Equal(report.Overall[figure], Named(comparison, $"overall.{figure.Name}").Values[run]!);
            foreach (var figure in BinaryFigures.All) Equal(report.Tumour[figure], Named(comparison, $"tumour.{figure.Name}").Values[run]!);
        }
    }

    [Fact]
    public void Difference_of_accuracies_is_that_of_each_scans_own_difference_resampled()
    {
        var (first, second) = (Answers(90, seed: 3), Answers(90, seed: 3, noise: 4));
        var intervals = new BootstrapOptions(Resamples: 500);
        double[] gained = [.. first.Zip(second, (a, b) => (b.Answer() == b.Truth ? 1.0 : 0) - (a.Answer() == a.Truth ? 1 : 0))];
        var direct = Bootstrap.Run([.. Enumerable.Range(0, 90)], 1, (weights, row) =>
        {
            row[0] = 0;
            for (int i = 0; i < gained.Length; i++) row[0] += weights[i] * gained[i] / gained.Length;
        }, intervals)[0];

        var difference = Named(Compare([Write(_folder, "a", Record(), first), Write(_folder, "b", Record(), second)], null, intervals), "overall.accuracy")
            .Differences;

        Assert.Null(difference[0]);
        Equal(direct, difference[1]!);
    }

    [Fact]
    public void Difference_in_pairs_is_surer_than_that_of_models_that_err_on_other_scans()
    {
        var (first, second) = (Answers(200, seed: 5), Answers(200, seed: 5, noise: 6));
        var accuracy = Named(Compare([Write(_folder, "a", Record(), first), Write(_folder, "b", Record(), second)]), "overall.accuracy");

        double apart = Math.Sqrt(accuracy.Values.Sum(value => Math.Pow(value!.High!.Value - value.Low!.Value, 2)));

        Assert.InRange(accuracy.Differences[1]!.High!.Value - accuracy.Differences[1]!.Low!.Value, 0, 0.95 * apart);
    }

    [Fact]
    public void Groups_are_drawn_whole()
    {
        // Of each group all are right in one model and wrong in the other, or all alike: scans by themselves would seem surer.
        var first = Answers(120, seed: 7, strength: 30);
        ScoredScan[] second = [.. first.Select((scan, i) => i / 12 % 2 == 0 ? scan : scan with { Probabilities = [.. scan.Probabilities.Reverse()] })];
        string[] runs = [Write(_folder, "a", Record(), first), Write(_folder, "b", Record(), second)];

        double each = Width(Compare(runs));
        double grouped = Width(Compare(runs, WriteManifest(_folder, first, groupSize: 12)));

        Assert.True(grouped > 2 * each, $"{grouped} by group, {each} by scan");

        static double Width(AnswerComparison comparison) =>
            Named(comparison, "overall.accuracy").Differences[1]! is { } figure ? figure.High!.Value - figure.Low!.Value : 0;
    }

    [Fact]
    public void Run_beside_itself_differs_by_nothing_whatever_the_order_and_the_paths()
    {
        var first = Answers(60, seed: 8);
        ScoredScan[] moved = [.. first.Reverse().Select(scan => scan with { Path = "elsewhere/" + scan.Sha256[60..] + ".png" })];

        var comparison = Compare([Write(_folder, "a", Record(), first), Write(_folder, "b", Record(), moved)]);

        Assert.All(comparison.Figures, figure => Assert.Equal(new Figure(0, 0, 0), figure.Differences[1]));
    }

    [Fact]
    public void Copies_with_labels_that_contradict_each_other_are_paired_by_their_labels()
    {
        var answers = Answers(20, seed: 9);
        ScoredScan[] first = [.. answers, answers[3] with { Path = "copy.png", Truth = (answers[3].Truth + 1) % 7 }];
        ScoredScan[] second = [.. first.Select(scan => scan with { Path = scan.Path == "copy.png" ? "a.png" : scan.Path })];

        var comparison = Compare([Write(_folder, "a", Record(), first), Write(_folder, "b", Record(), second)]);

        Assert.All(comparison.Figures, figure => Assert.Equal(new Figure(0, 0, 0), figure.Differences[1]));
    }

    [Theory]
    [InlineData("less", "it answered other images (1 of the first run's are missing, 0 are others)")]
    [InlineData("more", "it answered other images (0 of the first run's are missing, 1 are others)")]
    [InlineData("relabelled", "1 of the images have another label")]
    public void Runs_that_answered_other_images_or_labels_are_not_paired_and_that_is_said(string change, string why)
    {
        var first = Answers(50, seed: 10);
        ScoredScan[] second = change switch
        {
            "less" => first[1..],
            "more" => [.. first, first[0] with { Path = "new.png", Sha256 = Hash('f') }],
            _ => [first[0] with { Truth = (first[0].Truth + 1) % 7 }, .. first[1..]],
        };
        string[] runs = [Write(_folder, "a", Record(), first), Write(_folder, "b", Record(), second), Write(_folder, "c", Record(), first)];

        var comparison = Compare(runs);

        Assert.Contains($"b is not paired with a: {why}.", comparison.Notes);
        Assert.All(comparison.Figures, figure =>
        {
            Assert.NotNull(figure.Values[1]);
            Assert.Null(figure.Differences[1]);
            Assert.NotNull(figure.Differences[2]);
        });
    }

    [Fact]
    public void Runs_whose_labels_mean_something_else_are_not_paired()
    {
        var labels = new LabelSet([new ScanLabel("no", IsTumour: false), new ScanLabel("yes", IsTumour: true)]);
        var other = new LabelSet([new ScanLabel("no"), new ScanLabel("yes")]);
        ScoredScan[] answers = [.. Enumerable.Range(0, 10).Select(i => new ScoredScan($"{i}.png", i.ToString("x64"), i % 2, [0.25f, 0.75f]) { Labels = labels })];
        RunRecord Of(LabelSet set) => Record() with { Recipe = Record().Recipe with { Labels = set.All } };

        var comparison = Compare([Write(_folder, "a", Of(labels), answers), Write(_folder, "b", Of(other), answers)]);

        Assert.Contains("b is not paired with a: its labels are others.", comparison.Notes);
        Assert.NotNull(Named(comparison, "tumour.sensitivity").Values[0]!.Value);
        Assert.Null(Named(comparison, "tumour.sensitivity").Values[1]!.Value);
    }

    [Fact]
    public void Run_without_evaluation_is_told_and_the_others_are_compared()
    {
        var answers = Answers(30, seed: 11);
        string[] runs = [Write(_folder, "a", Record(), answers), Write(_folder, "b", Record()), Write(_folder, "c", Record(), answers)];

        var comparison = Compare(runs);
        var first = Compare([runs[1], runs[0]]);

        Assert.Equal([30, 0, 30], comparison.Scans);
        Assert.Contains("b has no answers in evaluation-test: evaluate it to compare them.", comparison.Notes);
        Assert.NotNull(Named(comparison, "overall.accuracy").Differences[2]);
        Assert.Null(Named(first, "overall.accuracy").Differences[1]);
        Assert.NotNull(Named(first, "overall.accuracy").Values[1]);
        Assert.Empty(Compare([runs[1], Write(_folder, "d", Record())]).Figures);
    }

    [Fact]
    public void Run_that_knows_the_scans_or_copies_of_them_is_told()
    {
        var answers = Answers(30, seed: 12);
        var manifest = WriteManifest(_folder, answers, groupSize: 3);
        var trained = Record(manifest) with { TrainingImages = [answers[4].Sha256] };
        var chosen = Record(manifest) with { SelectionImages = [.. answers.Select(scan => scan.Sha256)] };

        var comparison = Compare([Write(_folder, "a", trained, answers), Write(_folder, "b", chosen, answers)]);

        Assert.Contains("LEAKED: a was trained on 3 of these 30 scans or on copies of them. Its figures flatter.", comparison.Notes);
        Assert.Contains(comparison.Notes, note => note.StartsWith("b chose its epoch on 30 of these 30 scans", StringComparison.Ordinal));
    }

    [Fact]
    public void Groups_that_are_not_known_are_told()
    {
        var answers = Answers(30, seed: 13);
        string[] runs = [Write(_folder, "a", Record(_folder.File("gone.csv")), answers), Write(_folder, "b", Record(), answers)];

        Assert.Contains(Compare(runs).Notes, note => note.StartsWith(_folder.File("gone.csv"), StringComparison.Ordinal) && note.Contains("groups"));
        Assert.Contains(Compare(runs, WriteManifest(_folder, answers[..20], 2)).Notes, note => note.StartsWith("The manifest does not have all", StringComparison.Ordinal));
        Assert.Throws<GyrusException>(() => Compare(runs, _folder.File("gone.csv")));
    }

    [Theory]
    [InlineData("path,sha256,label,predicted,tumour,ct_healthy\nx\n", "has 2 to 1000 labels")]
    [InlineData("path,sha256,label,predicted,tumour,a,b\n", "there is no answer")]
    [InlineData("path,label\n", "these are no answers")]
    [InlineData("", "these are no answers")]
    public void File_of_answers_that_is_none_is_refused(string text, string why)
    {
        var run = Write(_folder, "a", Record(), Answers(3, seed: 1));
        var path = Path.Combine(run, "evaluation-test/predictions.csv");
        File.WriteAllText(path, text);

        var error = Assert.Throws<GyrusException>(() => Compare([run, Write(_folder, "b", Record())]));

        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.", "1.", 1)]
    [InlineData("0.", "x", 1)]
    [InlineData("0.", "-0.", 1)]
    [InlineData("scan-0001.png,", "scan-0001.png,00", 2)]
    public void Line_of_answers_that_cannot_be_is_refused_with_its_number(string old, string put, int line)
    {
        var run = Write(_folder, "a", Record(), Answers(3, seed: 1));
        var path = Path.Combine(run, "evaluation-test/predictions.csv");
        var lines = File.ReadAllLines(path);
        lines[line] = lines[line].Replace(old, put, StringComparison.Ordinal);
        File.WriteAllLines(path, lines);

        var error = Assert.Throws<GyrusException>(() => Compare([run, Write(_folder, "b", Record())]));

        Assert.StartsWith($"{path}, line {line + 1}: ", error.Message, StringComparison.Ordinal);
    }

    private static void Equal(Figure expected, Figure actual)
    {
        Assert.Equal(expected.Value!.Value, actual.Value!.Value, 1e-6);
        Assert.Equal(expected.Low!.Value, actual.Low!.Value, 1e-6);
        Assert.Equal(expected.High!.Value, actual.High!.Value, 1e-6);
    }
}
