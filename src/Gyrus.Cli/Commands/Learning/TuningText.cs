using System.Globalization;
using System.Text;
using System.Text.Json;
using Gyrus.Learning.Tuning;

namespace Gyrus.Cli.Commands.Learning;

/// <summary>What settings of a head gave, as text.</summary>
internal static class TuningText
{
    /// <summary>As a table, for people.</summary>
    public static string Table(TuningRecord record)
    {
        var text = new StringBuilder();
        text.AppendLine("learning rate  inner size  dropout  epoch  accuracy    loss  tumour recall");
        foreach (var (point, best, _) in record.Results)
        {
            text.AppendLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{point.LearningRate,13:0.######}  {point.InnerSize,10}  {point.Dropout,7}  {best.Epoch,5}  "
                + $"{best.Val.Accuracy,8:F4}  {best.Val.Loss,6:F4}  {best.Val.TumourRecall,13:F4}"));
        }
        text.Append(CultureInfo.InvariantCulture,
            $"{record.Results.Count} settings in {record.Seconds:F0} s, all figures on validation");
        return text.ToString();
    }

    /// <summary>As JSON on one line.</summary>
    public static string Json(TuningRecord record) => JsonSerializer.Serialize(new
    {
        seconds = record.Seconds,
        results = record.Results.Select(result => new
        {
            learningRate = result.Point.LearningRate,
            innerSize = result.Point.InnerSize,
            dropout = result.Point.Dropout,
            epoch = result.Best.Epoch,
            accuracy = result.Best.Val.Accuracy,
            loss = result.Best.Val.Loss,
            tumourRecall = result.Best.Val.TumourRecall,
        }),
    });
}
