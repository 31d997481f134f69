namespace Gyrus.Data.Manifests;

/// <summary>The values of a row's further columns; equal where all of them are.</summary>
/// <param name="Values">One a column.</param>
public sealed record ManifestValues(IReadOnlyList<string> Values)
{
    /// <summary>Of a row without further columns.</summary>
    public static ManifestValues None { get; } = new([]);

    /// <summary>The value in a column; empty where the row has none.</summary>
    /// <param name="column">The place of the column, from 0.</param>
    public string this[int column] => column < Values.Count ? Values[column] : "";

    /// <inheritdoc/>
    public bool Equals(ManifestValues? other) => other is not null && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override int GetHashCode() => Values.Count == 0 ? 0 : HashCode.Combine(Values.Count, Values[0]);
}
