namespace Gyrus.Data.Manifests;

/// <summary>Values that a row has all of: <c>finding</c> is <c>haemorrhage</c> and <c>label</c> is <c>ct_tumor</c>.</summary>
/// <param name="Values">The value of each column that is asked for: one of <see cref="Named"/> or of
/// <see cref="Manifest.MoreColumns"/>. An empty value is that of rows without one.</param>
public sealed record RowCondition(IReadOnlyDictionary<string, string> Values)
{
    /// <summary>The columns of every manifest that can be asked for.</summary>
    public static IReadOnlyList<string> Named { get; } = ["label", "split", "published", "mode"];

    /// <summary>Checks that a manifest has the columns.</summary>
    /// <exception cref="GyrusException">It lacks one; the message names those that it has.</exception>
    public void Require(Manifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        string[] known = [.. Named, .. manifest.MoreColumns];
        if (Values.Keys.FirstOrDefault(column => !known.Contains(column)) is { } unknown)
            throw new GyrusException($"The manifest has no column '{unknown}'. Name one of {string.Join(", ", known)}.");
    }

    /// <summary>Whether a row has all the values.</summary>
    public bool Holds(Manifest manifest, ManifestRow row) => Values.All(value => ValueOf(manifest, row, value.Key) == value.Value);

    /// <summary>The condition in words: <c>finding is haemorrhage, label is ct_tumor</c>.</summary>
    public override string ToString() =>
        string.Join(", ", Values.Select(value => value.Value.Length > 0 ? $"{value.Key} is {value.Value}" : $"{value.Key} is empty"));

    private static string ValueOf(Manifest manifest, ManifestRow row, string column) => column switch
    {
        "label" => row.Label,
        "split" => SplitNames.Name(row.Split),
        "published" => SplitNames.Name(row.Published),
        "mode" => row.Mode,
        _ => manifest.Value(row, column),
    };
}
