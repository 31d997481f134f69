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

    /// <summary>The same values with another one in a column.</summary>
    /// <param name="column">The place of the column, from 0.</param>
    /// <param name="value">Its value.</param>
    public ManifestValues With(int column, string value) =>
        new([.. Enumerable.Range(0, Math.Max(Values.Count, column + 1)).Select(i => i == column ? value : this[i])]);

    /// <inheritdoc/>
    public bool Equals(ManifestValues? other) => other is not null && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override int GetHashCode() => Values.Count == 0 ? 0 : HashCode.Combine(Values.Count, Values[0]);
}
