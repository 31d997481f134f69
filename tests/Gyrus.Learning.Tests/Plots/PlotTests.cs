using System.Xml.Linq;
using Gyrus.Learning.Plots;
using Xunit;

namespace Gyrus.Learning.Tests;

public class PlotTests
{
    private static readonly LearningPoint[] s_epochs =
        [.. Enumerable.Range(1, 30).Select(epoch => new LearningPoint(epoch, 1.0 / epoch, 1.2 / epoch, 0.9, 0.95))];

    public static TheoryData<string> All => new(Plots().Keys);

    [Theory]
    [MemberData(nameof(All))]
    public void Plot_is_well_formed_finite_and_the_same_each_time(string name)
    {
        string svg = Plots()[name];
        Assert.Equal("svg", XDocument.Parse(svg).Root!.Name.LocalName);
        Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("Infinity", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("-0.0<", svg, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', svg);
        Assert.Equal(svg, Plots()[name]);
    }

    [Fact]
    public void Curve_with_a_value_that_is_not_finite_breaks_there()
    {
        int Pieces(params double[] accuracy) =>
            Elements(SweepPlot.Render("rate", [new("1", accuracy)]), "polyline").Count();
        Assert.Equal(Pieces(0.1, 0.2, 0.3, 0.4, 0.5) + 1, Pieces(0.1, 0.2, double.NaN, 0.4, 0.5));
    }

    [Fact]
    public void Sweep_plot_names_the_best_epoch_and_escapes_names()
    {
        string[] texts = Texts(SweepPlot.Render("a < b & c", [new("<1>", [0.5, 0.75, 0.7])]));
        Assert.Contains("Validation accuracy by a < b & c", texts);
        Assert.Contains("<1>: 0.7500 at 2", texts);
    }

    [Fact]
    public void Learning_curves_plot_marks_the_kept_epoch()
    {
        Assert.Contains("kept: epoch 17", Texts(LearningCurvesPlot.Render(s_epochs, keptEpoch: 17)));
        Assert.DoesNotContain("kept", LearningCurvesPlot.Render(s_epochs), StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Plots() => new()
    {
        ["learning"] = LearningCurvesPlot.Render(s_epochs, keptEpoch: 17),
        ["learning before the first epoch"] = LearningCurvesPlot.Render([]),
        ["learning after one epoch"] = LearningCurvesPlot.Render([s_epochs[0]], keptEpoch: 1),
        ["learning that diverged"] = LearningCurvesPlot.Render(
            [s_epochs[0], new(2, double.NaN, double.PositiveInfinity, 0, 0), new(3, 1e30, 1e-30, 0, 0)]),
        ["learning of zeros"] = LearningCurvesPlot.Render([new(1, 0, 0, 0, 0), new(2, 0, 0, 0, 0)]),
        ["sweep"] = SweepPlot.Render("rate", [new("1e-3", [0.5, 0.75, 0.7]), new("1e-1", [double.NaN]), new("1", [])]),
        ["sweep without runs"] = SweepPlot.Render("rate", []),
    };

    private static string[] Texts(string svg) => [.. Elements(svg, "text").Select(element => element.Value)];

    private static IEnumerable<XElement> Elements(string svg, string name) =>
        XDocument.Parse(svg).Descendants().Where(element => element.Name.LocalName == name);
}
