
namespace Gyrus.Data.Audit;

/// <summary>The commands that mend what an audit found, as one would type them.</summary>
/// <param name="source">What was audited, or the folder that it was unpacked to.</param>
/// <param name="isManifest">Whether that is a manifest.</param>
/// <param name="known">Whether the labels are ones that Gyrus knows, which a manifest asks for.</param>
internal sealed class MendCommands(string source, bool isManifest, bool known)
{
    /// <summary>Splits by group; what is no manifest yet is imported first. Null where it cannot be.</summary>
    /// <param name="more">Further options.</param>
    public string? Split(string more = "")
    {
        if (!known) return null;
        var manifest = isManifest ? ShellWord.Of(source) : "dataset.csv";
        var import = isManifest ? "" : $"gyrus data import {ShellWord.Of(source)} --out dataset.csv && ";
        return $"{import}gyrus data split {manifest} --by group {more}".TrimEnd();
    }

    /// <summary>Writes copies without metadata and surroundings.</summary>
    public string Scrub() => $"gyrus data scrub {ShellWord.Of(source)} --out scrubbed";
}
