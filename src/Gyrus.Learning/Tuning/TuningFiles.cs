using System.Globalization;
using System.Text;
using Gyrus.Learning.Plots;

namespace Gyrus.Learning.Tuning;

/// <summary>Writes a study for people: a table, and curves for each value that was swept.</summary>
internal static class TuningFiles
{
    public static void Write(string folder, TuningRecord record)
    {
        AtomicFile.WriteText(Path.Combine(folder, "tuning.csv"), Csv(record.Results));
        var best = record.Results[0].Point;
        Plot("learning-rate", result => result.Point with { LearningRate = best.LearningRate },
            point => point.LearningRate.ToString("0.######", CultureInfo.InvariantCulture));
        Plot("inner-size", result => result.Point with { InnerSize = best.InnerSize },
            point => point.InnerSize.ToString(CultureInfo.InvariantCulture));
        Plot("dropout", result => result.Point with { Dropout = best.Dropout },
            point => point.Dropout.ToString(CultureInfo.InvariantCulture));

        // One value is swept and the others stay at the best setting's.
        void Plot(string name, Func<TuningResult, TuningPoint> others, Func<TuningPoint, string> label)
        {
            var swept = record.Results.Where(result => others(result) == best)
                .OrderBy(result => result.Point.LearningRate)
                .ThenBy(result => result.Point.InnerSize)
                .ThenBy(result => result.Point.Dropout)
                .Select(result => new SweepRun(label(result.Point), [.. result.History.Select(e => e.Val.Accuracy)]))
                .ToList();
            AtomicFile.WriteText(Path.Combine(folder, $"{name}.svg"), SweepPlot.Render(name, swept));
        }
    }

    private static string Csv(IReadOnlyList<TuningResult> results)
    {
        var text = new StringBuilder(
            "rank,learning_rate,inner_size,dropout,best_epoch,val_accuracy,val_loss,val_tumour_recall\n");
        for (int i = 0; i < results.Count; i++)
        {
            var (point, best, _) = results[i];
            text.Append(CultureInfo.InvariantCulture, $"{i + 1},{point.LearningRate},{point.InnerSize},{point.Dropout},");
            text.Append(CultureInfo.InvariantCulture, $"{best.Epoch},{best.Val.Accuracy:F6},{best.Val.Loss:F6},");
            text.Append(CultureInfo.InvariantCulture, $"{best.Val.TumourRecall:F6}\n");
        }
        return text.ToString();
    }
}
