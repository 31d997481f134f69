namespace Gyrus;

/// <summary>Words of commands that are shown to be copied into a shell.</summary>
public static class ShellWord
{
    private const string Plain = "/._-+,@%:=";

    /// <summary>A word, quoted for a POSIX shell where a character asks for it.</summary>
    /// <param name="text">The word, such as a path.</param>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length > 0 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || Plain.Contains(letter, StringComparison.Ordinal))
            ? text : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }
}
