using System.Globalization;
using Gyrus.Imaging.Labels;

namespace Gyrus.Evaluation.Scans;

/// <summary>A scan whose label is known and what a model said of it: what an evaluation is made from.</summary>
/// <param name="Path">The file, as the user named it.</param>
/// <param name="Sha256">SHA-256 of the file's bytes, 64 lower-case hexadecimal digits.</param>
/// <param name="Truth">The known label: its place in <see cref="Labels"/>.</param>
/// <param name="Probabilities">[L], in the order of <see cref="Labels"/>: each 0 to 1, together 1.</param>
public sealed record ScoredScan(string Path, string Sha256, int Truth, float[] Probabilities)
{
    /// <summary>The labels of the model and of the data; all scans of an evaluation have the same.</summary>
    public required LabelSet Labels { get; init; }

    /// <summary>The fold of a cross-validation that it was answered in, from 0; null where there are none.</summary>
    public int? Fold { get; init; }

    /// <summary>The collection that it was published in, which trust is learnt over and curves are drawn for; empty where the data set does not say.</summary>
    public string Source { get; init; } = "";

    /// <summary>The tumour probability from which the model itself calls this scan a tumour; null where it was asked for its probabilities alone.</summary>
    public double? CalledFrom { get; init; }

    /// <summary>Whether the model answered, and did not refuse the image; of a run, which learns to refuse images when it is exported, whether it is
    /// sure enough; null where it was not asked.</summary>
    public bool? Accepted { get; init; }

    /// <summary>Whether the conformal set holds the label, for a tumour of no type any tumour of its modality; null where no sets are made.</summary>
    public bool? Covered { get; init; }

    /// <summary>Whether the strongest place of the heat map lies on the lesion, of a scan whose lesion is drawn; null where none is, or it was not asked.</summary>
    public bool? LesionHit { get; init; }

    /// <summary>The lesion's share of the head, 0 to 1, which a place that is chosen blindly hits; null as <see cref="LesionHit"/>.</summary>
    public double? LesionShare { get; init; }

    /// <summary>Checks that truth and probabilities can be.</summary>
    /// <exception cref="GyrusException">The probabilities are none, as those of a network whose training
    /// diverged.</exception>
    /// <exception cref="ArgumentException">The truth is no label's index, or there is not a probability for each.</exception>
    internal void Check()
    {
        if (Truth < 0 || Truth >= Labels.Count || Probabilities.Length != Labels.Count)
            throw new ArgumentException($"{Path}: label {Truth} and {Probabilities.Length} probabilities, of {Labels.Count} labels");
        if (Probabilities.All(p => p is >= 0 and <= 1) && Math.Abs(Probabilities.Sum() - 1) <= 1e-3) return;
        throw new GyrusException(string.Create(
            CultureInfo.InvariantCulture,
            $"{Path}: the model's answer ({string.Join(", ", Probabilities)}) is no probability for each label. Its weights are damaged, "
            + $"or its training diverged: train it again, with a smaller learning rate."));
    }

    /// <summary>Whether the known label names a tumour; false too where labels do not tell.</summary>
    public bool IsTumour => Labels[Truth].IsTumour == true;

    /// <summary>The probability of a tumour, 0 to 1; 0 where labels do not tell.</summary>
    public double TumourProbability => Labels.TumourProbability(Probabilities);

    /// <summary>The label with the largest probability: its index, the lowest of those that tie.</summary>
    public int Answer() => LargestOf(Probabilities);

    /// <summary>The index of the largest value, the lowest of those that tie.</summary>
    /// <param name="values">At least one value.</param>
    internal static int LargestOf(ReadOnlySpan<float> values)
    {
        int largest = 0;
        for (int i = 1; i < values.Length; i++)
        {
            if (values[i] > values[largest]) largest = i;
        }
        return largest;
    }
}
