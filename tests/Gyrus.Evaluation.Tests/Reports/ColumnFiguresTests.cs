using System.Text.Json;
using Gyrus.Evaluation.Figures;
using Gyrus.Evaluation.Reports;
using Gyrus.Evaluation.Scans;
using Xunit;

namespace Gyrus.Evaluation.Tests.Reports;

public class ColumnFiguresTests
{
    private static readonly ScoredScan[] s_scans = MadeUpScans.Many(120, seed: 1);
    private static readonly string[] s_planes =
        [.. s_scans.Select((_, i) => i < 5 ? "" : i % 3 == 0 ? "coronal" : "axial")];

    private static readonly EvaluationOptions s_options = new() { Bootstrap = new(200) };

    [Fact]
    public void Of_gives_each_value_what_an_evaluation_of_its_scans_alone_gives()
    {
        var options = s_options with { Groups = [.. s_scans.Select((_, i) => i / 2)] };

        var figures = ColumnFigures.Of("plane", s_scans, s_planes, options);

        Assert.Equal(["", "axial", "coronal"], figures.Values.Select(value => value.Value).Order(StringComparer.Ordinal));
        int[] members = [.. Enumerable.Range(0, s_scans.Length).Where(i => s_planes[i] == "coronal")];
        var alone = Evaluator.Run(
            [.. members.Select(i => s_scans[i])], new HashSet<string>(), options with { Groups = [.. members.Select(i => i / 2)] });
        var coronal = figures.Values.Single(value => value.Value == "coronal");
        Assert.Equal(members.Length, coronal.Count);
        Assert.Equal(
        [
            KeyValuePair.Create("accuracy", alone.Overall[OverallFigures.Accuracy]),
            KeyValuePair.Create("typeAccuracy", alone.Overall[OverallFigures.TypeAccuracy]),
            KeyValuePair.Create("tumourAuroc", alone.Tumour[BinaryFigures.Auroc]),
            KeyValuePair.Create("tumourSensitivity", alone.Tumour[BinaryFigures.Sensitivity]),
            KeyValuePair.Create("tumourSpecificity", alone.Tumour[BinaryFigures.Specificity]),
            KeyValuePair.Create("tumourAccuracy", alone.Tumour[BinaryFigures.Accuracy]),
            KeyValuePair.Create("tumourBalancedAccuracy", alone.Tumour[BinaryFigures.BalancedAccuracy]),
            KeyValuePair.Create("accepted", alone.Selective![SelectiveFigures.Accepted]),
            KeyValuePair.Create("wrongAmongAccepted", alone.Selective[SelectiveFigures.WrongAmongAccepted]),
            KeyValuePair.Create("wrongAt80", alone.Selective[SelectiveFigures.WrongAt80]),
            KeyValuePair.Create("covered", alone.Selective[SelectiveFigures.Covered]),
        ],
            coronal.Figures.All);
    }

    [Fact]
    public void Values_are_in_order_the_worst_first_and_those_of_few_scans_last()
    {
        // Of "mixed" half of the tumours are found, of "tumours" a quarter, of "healthy" all are called so; "few" is wrong each time.
        ScoredScan[] scans =
        [
            .. Scans(0, "mri_glioma", tumour: i => i % 2 == 0), .. Scans(20, "mri_healthy", tumour: _ => false),
            .. Scans(40, "mri_glioma", tumour: i => i % 4 == 0), .. Scans(60, "mri_healthy", tumour: _ => false),
            .. Scans(80, "mri_healthy", tumour: _ => true).Take(3),
        ];
        string[] values = [.. scans.Select((_, i) => i < 40 ? "mixed" : i < 60 ? "tumours" : i < 80 ? "healthy" : "few")];

        var figures = ColumnFigures.Of("source", scans, values, s_options);

        Assert.Equal(["tumours", "mixed", "healthy", "few"], figures.Values.Select(value => value.Value));
        Assert.Equal([0.25, 0.75, 1, 0], figures.Values.Select(value => value.Right));
        Assert.Equal(0.25, figures.Values[0].Figures["tumourSensitivity"].Value);
        Assert.NotNull(figures.Values[0].Figures["tumourSensitivity"].Low);
        Assert.DoesNotContain(BinaryFigures.Accuracy, figures.Shown);
        Assert.DoesNotContain(SelectiveFigures.Accepted, figures.Shown);
        Assert.Contains(BinaryFigures.Specificity, figures.Shown);
    }

    private static IEnumerable<ScoredScan> Scans(int first, string truth, Func<int, bool> tumour) => Enumerable.Range(first, 20).Select(i =>
        tumour(i) ? MadeUpScans.Scan(i, truth, 0, 0, 1, 0, 0, 0, 0) : MadeUpScans.Scan(i, truth, 0, 0, 0, 1, 0, 0, 0));

    [Fact]
    public void Of_counts_every_scan_once_and_does_not_depend_on_their_order()
    {
        var figures = ColumnFigures.Of("plane", s_scans, s_planes, s_options);
        var turned = ColumnFigures.Of("plane", [.. s_scans.Reverse()], [.. s_planes.Reverse()], s_options);

        Assert.Equal(s_scans.Length, figures.Values.Sum(value => value.Count));
        Assert.Equal(figures.Values, turned.Values);
    }

    [Fact]
    public void Of_a_value_without_tumours_leaves_what_needs_them_undefined()
    {
        ScoredScan[] scans = [MadeUpScans.Scan(0, "ct_healthy", 1, 0, 0, 0, 0, 0, 0)];

        var value = ColumnFigures.Of("site", scans, ["a"], s_options).Values[0];

        Assert.Equal(1, value.Figures["accuracy"].Value);
        Assert.Equal([null, null, null], (double?[])[value.Figures["typeAccuracy"].Value, value.Figures["tumourAuroc"].Value, value.Figures["tumourSensitivity"].Value]);
        Assert.True(value.IsFew);
    }

    [Fact]
    public void Values_as_many_as_scans_are_required() =>
        Assert.Throws<ArgumentException>(() => ColumnFigures.Of("plane", s_scans, ["axial"], s_options));

    [Fact]
    public void Table_and_json_hold_each_value()
    {
        var report = Evaluator.Run(s_scans, new HashSet<string>(), s_options) with
        {
            By = [ColumnFigures.Of("plane", s_scans, s_planes, s_options)],
        };

        var lines = EvaluationTable.Render(report).Split('\n');
        int head = Array.FindIndex(lines, line => line.StartsWith("by plane  scans", StringComparison.Ordinal));
        string[] rows = [.. lines[(head + 1)..(head + 3)].Order(StringComparer.Ordinal)];
        Assert.StartsWith("axial        77  0.", rows[0], StringComparison.Ordinal);
        Assert.StartsWith("coronal      38  0.", rows[1], StringComparison.Ordinal);
        Assert.StartsWith("(none)       5*", lines[head + 3], StringComparison.Ordinal);
        Assert.StartsWith("* fewer than 10 scans", lines[head + 4], StringComparison.Ordinal);
        var plane = JsonDocument.Parse(EvaluationJson.Write(report)).RootElement.GetProperty("by")[0];
        Assert.Equal("plane", plane.GetProperty("column").GetString());
        Assert.Equal(
            report.By[0].Values[1].Figures["tumourAuroc"].Low,
            plane.GetProperty("values")[1].GetProperty("tumourAuroc").GetProperty("low").GetDouble());
    }
}
