using Gyrus.Data.Manifests;

namespace Gyrus.Data.Merging;

/// <summary>A data set that is merged with others.</summary>
/// <param name="Path">The path of its manifest.</param>
/// <param name="Manifest">What it holds.</param>
public sealed record MergeInput(string Path, Manifest Manifest)
{
    /// <summary>The name of the data set: its file's without the extension.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);
}
