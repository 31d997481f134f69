namespace Gyrus.Imaging.Acquisition;

/// <summary>Kinds of image by how the head was imaged, and which of them a new image is of. It is its centres and scales alone, so it can be kept
/// as JSON.</summary>
/// <param name="Kinds">The kinds, one or more.</param>
/// <param name="Means">[<see cref="AcquisitionColumns.SequenceCount"/>]: what is taken from each number.</param>
/// <param name="Scales">As many, above 0: what the rest is divided by.</param>
public sealed record AcquisitionKinds(IReadOnlyList<AcquisitionKind> Kinds, IReadOnlyList<float> Means, IReadOnlyList<float> Scales)
{
    // In scales: what is further out counts as this, so that one odd number does not decide alone.
    private const float Furthest = 3;

    /// <summary>The kind whose centre is nearest.</summary>
    /// <param name="columns">The image's, of which the first <see cref="AcquisitionColumns.SequenceCount"/> are looked at.</param>
    public AcquisitionKind Of(IReadOnlyList<float> columns) => Kinds[IndexOf(columns)];

    /// <summary>The place in <see cref="Kinds"/> of the kind whose centre is nearest.</summary>
    /// <param name="columns">The image's, of which the first <see cref="AcquisitionColumns.SequenceCount"/> are looked at.</param>
    public int IndexOf(IReadOnlyList<float> columns)
    {
        var scaled = Scaled(columns);
        return Enumerable.Range(0, Kinds.Count).MinBy(kind =>
            Kinds[kind].Centre.Zip(scaled).Sum(pair => (double)(pair.First - pair.Second) * (pair.First - pair.Second)));
    }

    /// <summary>An image's numbers as centres have them: those of greys and outline, which sequence and plane make, in scales from the mean.</summary>
    /// <param name="columns">The image's, of which the first <see cref="AcquisitionColumns.SequenceCount"/> are looked at.</param>
    public float[] Scaled(IReadOnlyList<float> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        return [.. Means.Select((mean, i) => Math.Clamp((columns[i] - mean) / Scales[i], -Furthest, Furthest))];
    }
}

/// <summary>A kind of image.</summary>
/// <param name="Name">Names it: a letter, or the sequence and plane that its images are known to have; empty where neither is known.</param>
/// <param name="Centre">[<see cref="AcquisitionColumns.SequenceCount"/>]: the mean of its images, in scales from the mean of all.</param>
public sealed record AcquisitionKind(string Name, IReadOnlyList<float> Centre);
