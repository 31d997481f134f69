namespace Gyrus.Data.Manifests;

/// <summary>Images that are not used until someone takes them back by hand.</summary>
internal static class LeftOut
{
    /// <summary>A row as it stands among those that are dropped, in no part and no fold.</summary>
    /// <param name="row">The row.</param>
    /// <param name="why">The reason, for its note.</param>
    public static ManifestRow Of(ManifestRow row, string why) =>
        row with { Split = Split.None, Fold = null, Note = why, LeftOut = true };
}
