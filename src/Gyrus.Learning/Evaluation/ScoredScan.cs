using System.Globalization;
using Gyrus.Imaging;

namespace Gyrus.Learning;

/// <summary>A scan whose label is known and what a model said of it: what an evaluation is made from.</summary>
/// <param name="Path">The file, as the user named it.</param>
/// <param name="Sha256">SHA-256 of the file's bytes, 64 lower-case hexadecimal digits.</param>
/// <param name="Truth">The known label: its index in <see cref="ScanLabel.All"/>, 0 to 6.</param>
/// <param name="Probabilities">[7], in the order of <see cref="ScanLabel.All"/>: each 0 to 1, together 1.</param>
public sealed record ScoredScan(string Path, string Sha256, int Truth, float[] Probabilities)
{
    /// <summary>The fold of a cross-validation that it was answered in, from 0; null where there are none.</summary>
    public int? Fold { get; init; }

    /// <summary>Checks that truth and probabilities can be.</summary>
    /// <exception cref="GyrusException">The probabilities are none, as those of a network whose training
    /// diverged.</exception>
    /// <exception cref="ArgumentException">The truth is no label's index, or there is not a probability for each.</exception>
    internal void Check()
    {
        if (Truth < 0 || Truth >= ScanLabel.All.Count || Probabilities.Length != ScanLabel.All.Count)
            throw new ArgumentException($"{Path}: label {Truth} and {Probabilities.Length} probabilities, of {ScanLabel.All.Count} labels");
        if (Probabilities.All(p => p is >= 0 and <= 1) && Math.Abs(Probabilities.Sum() - 1) <= 1e-3) return;
        throw new GyrusException(string.Create(
            CultureInfo.InvariantCulture,
            $"{Path}: the model's answer ({string.Join(", ", Probabilities)}) is no probability for each label. Its weights are damaged, "
            + $"or its training diverged: train it again, with a smaller learning rate."));
    }

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
