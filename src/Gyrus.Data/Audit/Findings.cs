
namespace Gyrus.Data.Audit;

/// <summary>The names of what an audit judges, in <c>audit.json</c> and after <c>--fail-on</c>.</summary>
public static class Findings
{
    /// <summary>Whether the images look like scans of heads at all.</summary>
    public const string Heads = "heads";

    /// <summary>Files that cannot be read.</summary>
    public const string Unreadable = "unreadable";

    /// <summary>Images to be judged on that have a copy among those to be learnt from.</summary>
    public const string Leakage = "leakage";

    /// <summary>The same scan under two labels.</summary>
    public const string Conflicts = "conflicts";

    /// <summary>The same scan more than once.</summary>
    public const string Copies = "copies";

    /// <summary>Writing or drawing outside the head.</summary>
    public const string Text = "text";

    /// <summary>Labels that can be guessed from what is not brain.</summary>
    public const string Shortcuts = "shortcuts";

    /// <summary>Labels that can be guessed from how the head was imaged.</summary>
    public const string Acquisition = "acquisition";

    /// <summary>Scans that another data set labels otherwise.</summary>
    public const string Against = "against";

    /// <summary>Metadata that may tell who or what was scanned.</summary>
    public const string Metadata = "metadata";

    /// <summary>Blank, tiny, squashed and misnamed images.</summary>
    public const string Files = "files";

    /// <summary>All of them, in the order of the score card.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Heads, Unreadable, Leakage, Conflicts, Copies, Text, Shortcuts, Acquisition, Against, Metadata, Files];
}
