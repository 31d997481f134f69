using Gyrus.Imaging.Labels;

namespace Gyrus.Inference.HeatMaps;

/// <summary>What a heat map is of: some labels against all others. What speaks for it are the log-odds of these labels: 0 where they are
/// together as likely as not, +2.2 at 0.9.</summary>
internal sealed class EvidenceTarget
{
    private readonly bool[] _chosen;

    private EvidenceTarget(ScanLabel? label, bool[] chosen) => (Label, _chosen) = (label, chosen);

    /// <summary>A tumour against the healthy, of labels that tell tumours.</summary>
    public static EvidenceTarget Tumour(LabelSet labels) => new(null, [.. labels.All.Select(label => label.IsTumour == true)]);

    /// <summary>One label against all others.</summary>
    public static EvidenceTarget Of(LabelSet labels, ScanLabel label) => new(label, [.. labels.All.Select(other => other == label)]);

    /// <summary>The label; null for a tumour.</summary>
    public ScanLabel? Label { get; }

    /// <summary>logsumexp(logits of the chosen) - logsumexp(logits of the others).</summary>
    /// <param name="logits">[L], in the labels' order.</param>
    public double LogOdds(ReadOnlySpan<float> logits) => LogSumExp(logits, chosen: true) - LogSumExp(logits, chosen: false);

    /// <summary>The derivatives of the log-odds by the logits: the softmax among the chosen minus that among the others.</summary>
    /// <param name="logits">[L], in the labels' order.</param>
    /// <returns>[L].</returns>
    public float[] Gradient(ReadOnlySpan<float> logits)
    {
        double inside = LogSumExp(logits, chosen: true);
        double outside = LogSumExp(logits, chosen: false);
        var gradient = new float[logits.Length];
        for (int i = 0; i < gradient.Length; i++)
            gradient[i] = (float)(_chosen[i] ? Math.Exp(logits[i] - inside) : -Math.Exp(logits[i] - outside));
        return gradient;
    }

    private double LogSumExp(ReadOnlySpan<float> logits, bool chosen)
    {
        double largest = double.NegativeInfinity;
        for (int i = 0; i < logits.Length; i++)
        {
            if (_chosen[i] == chosen) largest = Math.Max(largest, logits[i]);
        }
        double sum = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            if (_chosen[i] == chosen) sum += Math.Exp(logits[i] - largest);
        }
        return largest + Math.Log(sum);
    }
}
