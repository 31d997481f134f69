using System.Text.Json;
using System.Xml.Linq;
using Gyrus.Evaluation.Statistics;
using Gyrus.Imaging.Labels;
using Gyrus.Learning.Comparison;
using Gyrus.Learning.Runs;
using Gyrus.Testing;
using Xunit;
using static Gyrus.Learning.Tests.Comparison.MadeUpRuns;

namespace Gyrus.Learning.Tests.Comparison;

/// <summary>Recipes and curves of runs side by side.</summary>
public sealed class RunComparisonTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Recipes_show_what_differs_and_all_of_it_where_asked()
    {
        var (first, second) = (Record(), Record() with { GyrusVersion = "1.1.0" });
        second = second with { Recipe = second.Recipe with { Training = second.Recipe.Training with { Seed = 2, ClipGradients = 1 }, SplitHash = Hash('f') } };

        var rows = RecipeRows.Of([first, second], all: false);
        var all = RecipeRows.Of([first, second], all: true);

        Assert.Equal(
            [
                ("training.seed", "1", "2"), ("training.clipGradients", "0", "1"), ("splitHash", Hash('c'), Hash('f')), ("gyrusVersion", "1.0.0", "1.1.0"),
            ],
            rows.Select(row => (row.Member, row.Values[0], row.Values[1])));
        Assert.Empty(RecipeRows.Of([first, first], all: false));
        foreach (var member in (string[])["backbone", "head.hidden", "preprocessing.size", "training.epochs", "labels", "packageVersions.dotnet", "fineTune"])
            Assert.Contains(all, row => row.Member == member);
        Assert.Equal("256,100", all.Single(row => row.Member == "head.hidden").Values[0]);
    }

    [Fact]
    public void Recipes_of_frozen_and_fine_tuned_runs_differ_in_a_line_and_fine_tuned_ones_in_their_own()
    {
        RunRecord Fitted(FineTuneOptions options) => Record() with { Recipe = Record().Recipe with { FineTune = options } };
        var (one, other) = (Fitted(new()), Fitted(new() { FromLayer = "conv5" }));

        Assert.Equal(["fineTune"], RecipeRows.Of([Record(), one], all: false).Select(row => row.Member));
        Assert.Equal(["fineTune.fromLayer"], RecipeRows.Of([one, other], all: false).Select(row => row.Member));
        Assert.Equal(["fineTune", "fineTune.fromLayer"], RecipeRows.Of([Record(), one, other], all: false).Select(row => row.Member));
    }

    [Fact]
    public void Published_labels_are_the_same_whether_a_record_says_them_or_not()
    {
        var said = Record() with { Recipe = Record().Recipe with { Labels = PublishedLabels.Set.All } };

        Assert.Empty(RecipeRows.Of([Record(), said], all: false));
        Assert.Contains("mri_glioma (mri tumour glioma)", RecipeRows.Of([said], all: true).Single(row => row.Member == "labels").Values[0]);
    }

    [Fact]
    public void Table_and_JSON_tell_the_same()
    {
        var answers = Answers(40, seed: 1);
        var second = Record() with { Best = Epoch(1, 0.9), Recipe = Record().Recipe with { WeightsHash = Hash('9') } };
        var comparison = Compared(Write(_folder, "a", Record(), answers), Write(_folder, "b", second, Answers(40, seed: 1, noise: 5)));

        string[] lines = ComparisonTable.Render(comparison).Split('\n');
        var json = JsonDocument.Parse(ComparisonJson.Write(comparison)).RootElement;

        Assert.Equal("training  epochs  best  validation loss  accuracy  tumour recall  images  seconds       ended (UTC)", lines[0]);
        Assert.Equal("a              2     2           0.5000    0.8750         0.7500       1      2.0  2030-01-02 03:04", lines[1]);
        Assert.Equal("recipe                   a              b", lines[4]);
        Assert.Equal("weightsHash  aaaaaaaaaaaa…  999999999999…", lines[5]);
        Assert.Contains(lines, line => line.StartsWith("difference to a", StringComparison.Ordinal));
        Assert.Equal(["a", "b"], json.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("name").GetString()));
        Assert.Equal(0.9, json.GetProperty("runs")[1].GetProperty("best").GetProperty("loss").GetDouble());
        Assert.Equal(Hash('9'), json.GetProperty("recipe")[0].GetProperty("values")[1].GetString());
        var accuracy = json.GetProperty("evaluation").GetProperty("figures")[0];
        Assert.Equal("overall.accuracy", accuracy.GetProperty("name").GetString());
        Assert.Equal(JsonValueKind.Null, accuracy.GetProperty("differences")[0].ValueKind);
        Assert.Equal(
            accuracy.GetProperty("values")[1].GetProperty("value").GetDouble() - accuracy.GetProperty("values")[0].GetProperty("value").GetDouble(),
            accuracy.GetProperty("differences")[1].GetProperty("value").GetDouble(), 1e-12);
    }

    [Fact]
    public void Runs_that_are_the_same_say_so()
    {
        var comparison = Compared(Write(_folder, "a", Record()), Write(_folder, "b", Record()));

        Assert.Contains("The recipes are the same, and so are data and versions.\n", ComparisonTable.Render(comparison), StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_with_one_name_go_by_their_folders_and_none_is_there_twice()
    {
        var (one, other) = (Write(_folder, "one/run", Record()), Write(_folder, "other/run", Record()));

        Assert.Equal([one, other], ComparedRun.Open([one, other]).Select(run => run.Name));
        Assert.Contains("there twice", Assert.Throws<GyrusException>(() => ComparedRun.Open([one, other, one + "/."])).Message, StringComparison.Ordinal);
        Assert.Throws<GyrusException>(() => ComparedRun.Open([one]));
    }

    [Fact]
    public void Curves_of_all_runs_are_in_one_picture_and_break_where_there_is_no_number()
    {
        var diverged = Record() with { History = [Epoch(1, double.NaN), Epoch(2, 0.5), Epoch(3, double.PositiveInfinity)] };
        var runs = ComparedRun.Open([Write(_folder, "a", Record()), Write(_folder, "<b>", diverged)]);

        var svg = ComparedCurvesPlot.Render(runs);

        string[] texts = [.. XDocument.Parse(svg).Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value)];
        foreach (var text in (string[])["a", "<b>", "training loss", "validation loss", "validation accuracy", "validation tumour recall"])
            Assert.Single(texts, text);
        Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("Infinity", svg, StringComparison.Ordinal);
        Assert.Equal(svg, ComparedCurvesPlot.Render(runs));
    }

    [Fact]
    public void Curves_of_labels_that_tell_no_tumour_have_no_recall_of_it()
    {
        var grades = Record() with { Recipe = Record().Recipe with { Labels = [new ScanLabel("grade 1"), new ScanLabel("grade 2")] } };
        var runs = ComparedRun.Open([Write(_folder, "a", Record()), Write(_folder, "b", grades)]);

        Assert.DoesNotContain("tumour", ComparedCurvesPlot.Render(runs), StringComparison.Ordinal);
        Assert.Contains("  -  ", ComparisonTable.Render(Compared(_folder.File("a"), _folder.File("b"))).Split('\n')[2], StringComparison.Ordinal);
    }

    [Fact]
    public void List_has_the_runs_below_a_folder_newest_first_and_those_that_cannot_be_read()
    {
        Write(_folder, "old", Record());
        Write(_folder, "folds/fold-0", Record() with { TrainedAt = Record().TrainedAt.AddDays(1) });
        Directory.CreateDirectory(_folder.File("broken"));
        File.WriteAllText(_folder.File("broken/run.json"), "{");

        var runs = RunList.Of(_folder.Path);

        Assert.Equal(["folds/fold-0", "old", "broken"], runs.Select(run => run.Folder));
        Assert.Contains("damaged", runs[2].Fault, StringComparison.Ordinal);
        Assert.Throws<GyrusException>(() => RunList.Of(_folder.File("nowhere")));
    }

    private static RunComparison Compared(params string[] folders)
    {
        var runs = ComparedRun.Open(folders);
        return RunComparison.Of(runs, all: false, AnswerComparison.Of(runs, TestPart, null, 0.5, new BootstrapOptions(Resamples: 100)));
    }
}
