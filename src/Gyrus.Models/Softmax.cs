namespace Gyrus.Models;

/// <summary>Turns a network's logits into probabilities.</summary>
public static class Softmax
{
    /// <summary>
    /// exp(x_i) / sum exp(x_j), with the largest logit taken off first: nothing overflows, and the result is the same.
    /// </summary>
    /// <param name="values">The logits of one image; takes its probabilities, which sum to 1. Where a logit is NaN or
    /// plus infinity all are NaN, never a number that could be taken for a probability.</param>
    /// <param name="temperature">What the logits are divided by first, above 0 and finite; 1 for nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException">The temperature is none.</exception>
    public static void InPlace(Span<float> values, double temperature = 1)
    {
        if (!(double.IsFinite(temperature) && temperature > 0))
            throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "A temperature is above 0 and finite.");
        float largest = float.NegativeInfinity;
        foreach (var value in values) largest = Math.Max(largest, value);
        double sum = 0;
        foreach (var value in values) sum += Math.Exp(((double)value - largest) / temperature);
        foreach (ref var value in values) value = (float)(Math.Exp(((double)value - largest) / temperature) / sum);
    }
}
