namespace Gyrus.Cli.Commands.Classify;

/// <summary>What the tables for people have in common.</summary>
internal static class VerdictCell
{
    /// <summary>Of a tumour.</summary>
    public const string Red = "\e[31m";

    /// <summary>Of what has no answer.</summary>
    public const string Yellow = "\e[33m";

    /// <summary>None: "no tumour" in a colour would reassure, and the model may have missed one.</summary>
    public const string None = "";

    private const string Plain = "\e[0m";

    /// <summary>A verdict in its colour; spaces behind it fill the column.</summary>
    /// <param name="verdict">The word.</param>
    /// <param name="width">The column's width.</param>
    /// <param name="colour">One of the above.</param>
    /// <param name="colours">Whether there are colours at all.</param>
    public static string Of(string verdict, int width, string colour, bool colours)
    {
        var word = verdict.PadRight(width);
        return colours && colour.Length > 0 ? colour + word + Plain : word;
    }

    /// <summary>A text without control characters, which files' names and descriptions may hold and a terminal would obey.</summary>
    public static string Printable(string text) => string.Concat(text.Select(character => char.IsControl(character) ? '?' : character));
}
