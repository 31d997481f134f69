namespace Gyrus.Data.Manifests;

/// <summary>The part of a data set that an image is in.</summary>
public enum Split
{
    /// <summary>Not placed yet.</summary>
    None,

    /// <summary>Weights are fitted on it.</summary>
    Train,

    /// <summary>Choices are made on it: epochs, sizes, thresholds.</summary>
    Val,

    /// <summary>Figures are reported on it, and nothing is chosen on it.</summary>
    Test,
}

/// <summary>One image of a data set.</summary>
/// <param name="Path">Relative to the manifest's folder where the image is below it, else absolute; forward slashes.</param>
/// <param name="Sha256">SHA-256 of the file's bytes, 64 lower-case hexadecimal digits.</param>
/// <param name="Label">The name of one of <see cref="Manifest.Labels"/>.</param>
/// <param name="Split">The part that it is in now.</param>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
/// <param name="Mode">The file's colour mode, as <see cref="Gyrus.Imaging.Decoding.Scan.Mode"/> has it.</param>
/// <param name="Published">The part that the source put it in; <see cref="Split.None"/> where it named none.</param>
public sealed record ManifestRow(
    string Path,
    string Sha256,
    string Label,
    Split Split,
    int Width,
    int Height,
    string Mode,
    Split Published)
{
    /// <summary>The group that must stay on one side of a split; empty where none was looked for.</summary>
    public string Group { get; init; } = "";

    /// <summary>The fold of a cross-validation, from 0; null where there are none.</summary>
    public int? Fold { get; init; }

    /// <summary>The label that the source gave, where <see cref="Label"/> is another; else empty.</summary>
    public string PublishedLabel { get; init; } = "";

    /// <summary>Why the label was changed or the image dropped; else empty.</summary>
    public string Note { get; init; } = "";

    /// <summary>Of a dropped image: whether it stays so until someone takes it back by hand, as what was left out by choice or in a merge
    /// does; what a split dropped is taken back by the next.</summary>
    public bool LeftOut { get; init; }

    /// <summary>The source's own further columns, such as a patient, in the order of
    /// <see cref="Manifest.MoreColumns"/>.</summary>
    public ManifestValues More { get; init; } = ManifestValues.None;
}
