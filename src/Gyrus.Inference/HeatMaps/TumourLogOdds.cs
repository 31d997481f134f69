using Gyrus.Imaging;

namespace Gyrus.Inference.HeatMaps;

/// <summary>The log-odds of a tumour: 0 where it is as likely as not, +2.2 at 0.9.</summary>
internal static class TumourLogOdds
{
    /// <summary>logsumexp(logits of tumours) - logsumexp(logits of the healthy).</summary>
    /// <param name="logits">[7], in the order of <see cref="ScanLabel.All"/>.</param>
    public static double Of(ReadOnlySpan<float> logits) =>
        LogSumExp(logits, tumour: true) - LogSumExp(logits, tumour: false);

    private static double LogSumExp(ReadOnlySpan<float> logits, bool tumour)
    {
        double largest = double.NegativeInfinity;
        for (int i = 0; i < logits.Length; i++)
        {
            if (ScanLabel.All[i].IsTumour == tumour) largest = Math.Max(largest, logits[i]);
        }
        double sum = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            if (ScanLabel.All[i].IsTumour == tumour) sum += Math.Exp(logits[i] - largest);
        }
        return largest + Math.Log(sum);
    }
}
