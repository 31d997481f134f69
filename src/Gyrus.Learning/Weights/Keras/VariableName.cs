
namespace Gyrus.Learning.Weights.Keras;

/// <summary>The names of a layer's weights through Keras's versions.</summary>
internal static class VariableName
{
    /// <summary>Endings in weight files and what Keras calls the weight now; longer ones first.</summary>
    private static readonly (string Ending, string Name)[] Endings =
    [
        ("depthwise_kernel", "depthwise_kernel"),
        ("pointwise_kernel", "pointwise_kernel"),
        ("kernel", "kernel"),
        ("bias", "bias"),
        ("gamma", "gamma"),
        ("beta", "beta"),
        ("moving_mean", "moving_mean"),
        ("moving_variance", "moving_variance"),

        // Keras 1; its running_std held the variance.
        ("running_mean", "moving_mean"),
        ("running_std", "moving_variance"),
        ("W", "kernel"),
        ("b", "bias"),

        // Of a Normalization.
        ("mean", "mean"),
        ("variance", "variance"),
        ("count", "count"),
    ];

    /// <summary>
    /// Splits a weight's full name: <c>xception/block1_conv1/kernel:0</c> into <c>block1_conv1</c> and <c>kernel</c>,
    /// Keras 1's <c>bn_conv1_running_std:0</c> into <c>bn_conv1</c> and <c>moving_variance</c>. Empty where the name
    /// does not tell.
    /// </summary>
    public static (string Layer, string Variable) Split(string fullName)
    {
        var name = fullName;
        int colon = name.LastIndexOf(':');
        if (colon >= 0) name = name[..colon];
        // The only layers of a network of Keras's that have a slash in their names.
        name = name.Replace("conv1/conv/", "conv1_conv/", StringComparison.Ordinal).Replace("conv1/bn/", "conv1_bn/", StringComparison.Ordinal);
        var segments = name.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (segments.Length == 0) return ("", "");
        var last = segments[^1];
        foreach (var (ending, variable) in Endings)
        {
            if (last == ending) return (segments.Length > 1 ? segments[^2] : "", variable);
            if (!last.EndsWith("_" + ending, StringComparison.Ordinal)) continue;
            return (segments.Length > 1 ? segments[^2] : last[..^(ending.Length + 1)], variable);
        }
        return (segments.Length > 1 ? segments[^2] : "", "");
    }
}
