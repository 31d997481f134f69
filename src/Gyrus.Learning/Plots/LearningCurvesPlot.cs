using Gyrus.Data.Plots;
using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;

namespace Gyrus.Learning.Plots;

/// <summary>What a training run measured after an epoch.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="TrainLoss">The mean loss on the training part.</param>
/// <param name="ValLoss">The mean loss on the validation part.</param>
/// <param name="ValAccuracy">The accuracy over all labels on the validation part, 0 to 1.</param>
/// <param name="ValTumourRecall">The share of the validation part's tumours called tumour, 0 to 1.</param>
public sealed record LearningPoint(
    int Epoch, double TrainLoss, double ValLoss, double ValAccuracy, double ValTumourRecall);

/// <summary>How a training run went: loss above, accuracy and recall of tumour below.</summary>
public static class LearningCurvesPlot
{
    private const string Loss = "loss";
    private const string Share = "share of scans";

    /// <summary>Draws the curves as SVG; they break where a value is not finite.</summary>
    /// <param name="points">The epochs, in order; may be none yet.</param>
    /// <param name="keptEpoch">The epoch whose weights were kept; null where that is not known yet.</param>
    public static string Render(IReadOnlyList<LearningPoint> points, int? keptEpoch = null)
    {
        var model = PlotPage.New("Learning curves");
        model.Axes.Add(PlotPage.EpochAxis(points.Select(point => point.Epoch).DefaultIfEmpty(1).Max()));
        model.Axes.Add(Panel(Loss, from: 0.54, to: 1));
        model.Axes.Add(Panel(Share, from: 0, to: 0.46));
        Add(model, Loss, "training loss", points, point => point.TrainLoss, Palette.Blue);
        Add(model, Loss, "validation loss", points, point => point.ValLoss, Palette.Vermilion, Palette.Dashed);
        Add(model, Share, "validation accuracy", points, point => point.ValAccuracy, Palette.Green);
        Add(model, Share, "validation tumour recall", points, point => point.ValTumourRecall, Palette.Purple, Palette.Dashed);
        if (keptEpoch is { } kept)
        {
            model.Annotations.Add(new LineAnnotation
            {
                Type = LineAnnotationType.Vertical,
                X = kept,
                Color = Palette.Ink,
                LineStyle = LineStyle.Dot,
                YAxisKey = Share,
            });
            model.Subtitle = FormattableString.Invariant($"kept: epoch {kept}");
            model.SubtitleFontSize = 12;
        }
        return PlotPage.ToSvg(model, 790, 560);
    }

    private static LinearAxis Panel(string title, double from, double to)
    {
        var axis = PlotPage.NewAxis(AxisPosition.Left, title);
        (axis.Key, axis.StartPosition, axis.EndPosition) = (title, from, to);
        (axis.MinimumPadding, axis.MaximumPadding) = (0.05, 0.05);
        return axis;
    }

    private static void Add(
        PlotModel model,
        string panel,
        string name,
        IReadOnlyList<LearningPoint> points,
        Func<LearningPoint, double> value,
        OxyColor colour,
        IReadOnlyList<double>? dashes = null)
    {
        var curve = PlotPage.Curve(name, points.Select(point => ((double)point.Epoch, value(point))), colour, dashes);
        curve.YAxisKey = panel;
        model.Series.Add(curve);
    }
}
