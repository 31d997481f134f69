using System.Runtime.InteropServices;
using Gyrus.Learning.Features;

namespace Gyrus.Cluster.Training;

/// <summary>Puts features that were computed elsewhere into a cache.</summary>
public static class FeatureLines
{
    /// <summary>Puts them in; those that are there already stay.</summary>
    /// <param name="lines">Lines of <see cref="FeatureLine"/>, each with its end, in UTF-8.</param>
    /// <param name="cache">A cache that is being written, of the same backbone, weights and preprocessing.</param>
    /// <returns>Why images have none, a sentence each.</returns>
    public static IReadOnlyList<string> Keep(byte[] lines, FeatureCache cache)
    {
        ArgumentNullException.ThrowIfNull(cache);
        var errors = new List<string>();
        foreach (var line in FeatureLine.Read(lines))
        {
            if (line.Features is { } bytes) cache.Append(line.Sha256, MemoryMarshal.Cast<byte, float>(bytes));
            else errors.Add(line.Error!);
        }
        return errors;
    }
}
