using Gyrus.Imaging;

namespace Gyrus.Inference.HeatMaps;

/// <summary>The log-odds of a tumour: 0 where it is as likely as not, +2.2 at 0.9.</summary>
internal static class TumourLogOdds
{
    /// <summary>logsumexp(logits of tumours) - logsumexp(logits of the healthy).</summary>
    /// <param name="labels">The labels, which tell tumours.</param>
    /// <param name="logits">[L], in the labels' order.</param>
    public static double Of(LabelSet labels, ReadOnlySpan<float> logits) =>
        LogSumExp(labels, logits, tumour: true) - LogSumExp(labels, logits, tumour: false);

    private static double LogSumExp(LabelSet labels, ReadOnlySpan<float> logits, bool tumour)
    {
        double largest = double.NegativeInfinity;
        for (int i = 0; i < logits.Length; i++)
        {
            if (labels[i].IsTumour == tumour) largest = Math.Max(largest, logits[i]);
        }
        double sum = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            if (labels[i].IsTumour == tumour) sum += Math.Exp(logits[i] - largest);
        }
        return largest + Math.Log(sum);
    }
}
