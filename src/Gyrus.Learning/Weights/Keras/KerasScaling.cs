using System.Text.Json;
using Gyrus.Learning.Layers;

namespace Gyrus.Learning.Weights.Keras;

/// <summary>Layers of Keras that scale pixels by numbers in their configuration: <c>Rescaling</c>, and <c>Normalization</c> that was given its mean and variance.</summary>
internal static class KerasScaling
{
    /// <summary>What such a layer does.</summary>
    /// <param name="kerasClass">Its class.</param>
    /// <param name="config">Its configuration.</param>
    /// <param name="channels">Channels of what it takes.</param>
    /// <returns>Null for a <c>Normalization</c> whose numbers are weights, measured on data.</returns>
    /// <exception cref="InvalidDataException">It says something that is not known.</exception>
    public static ChannelScaling? Of(string kerasClass, JsonElement config, int channels)
    {
        float[] Values(string member) => Numbers(config, member, channels);
        if (kerasClass == "Rescaling") return new(Array.ConvertAll(Values("scale"), value => (double)value), new float[channels], Values("offset"));
        if (config.TryGetProperty("invert", out var invert) && invert.ValueKind == JsonValueKind.True) throw new InvalidDataException("its Normalization goes the other way (invert), which is not known");
        if (config.TryGetProperty("axis", out var axis) && Flat(axis) is not ([-1] or [3])) throw new InvalidDataException("its Normalization has an axis that is not known: only that of the channels is");
        return config.TryGetProperty("mean", out var mean) && mean.ValueKind != JsonValueKind.Null ? Standardisation.Scaling(Values("mean"), Values("variance")) : null;
    }

    /// <summary>A number for each channel, or one for all.</summary>
    private static float[] Numbers(JsonElement config, string member, int channels)
    {
        double[] all = config.TryGetProperty(member, out var value) ? Flat(value) : [];
        if (all.Length != 1 && all.Length != channels) throw new InvalidDataException($"its {member} is {all.Length} numbers for {channels} channels");
        return [.. Enumerable.Range(0, channels).Select(channel => (float)all[channel % all.Length])];
    }

    /// <summary>The numbers of a number, a list, or lists in lists; Keras 3 writes a tuple or an array as an object with them.</summary>
    private static double[] Flat(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => [value.GetDouble()],
        JsonValueKind.Array => [.. value.EnumerateArray().SelectMany(Flat)],
        JsonValueKind.Object when value.TryGetProperty("config", out var inner) => Flat(inner.ValueKind == JsonValueKind.Object && inner.TryGetProperty("value", out var held) ? held : inner),
        _ => [],
    };
}
