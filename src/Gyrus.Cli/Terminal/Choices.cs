using System.CommandLine;
using System.Text.Json;

namespace Gyrus.Cli.Terminal;

/// <summary>Options that take one of a few words: help, completion and the error for another word name them, and no type of the program.</summary>
internal static class Choices
{
    /// <summary>Makes an option take the names of an enumeration, written as in JSON (<c>tumourRecall</c>); upper and lower case are the same.</summary>
    public static Option<T> TakeNames<T>(this Option<T> option) where T : struct, Enum =>
        option.Take(Array.ConvertAll(Enum.GetValues<T>(), value => (Name(value), value)), StringComparison.OrdinalIgnoreCase);

    /// <summary>The same for an option that is null where it is left out.</summary>
    public static Option<T?> TakeNames<T>(this Option<T?> option) where T : struct, Enum =>
        option.Take(Array.ConvertAll(Enum.GetValues<T>(), value => (Name(value), (T?)value)), StringComparison.OrdinalIgnoreCase);

    /// <summary>Makes an option take these words, at least two of them.</summary>
    public static Option<T> Take<T>(
        this Option<T> option, IReadOnlyList<(string Word, T Value)> choices, StringComparison comparison = StringComparison.Ordinal)
    {
        var words = choices.Select(choice => choice.Word).ToArray();
        option.HelpName = string.Join('|', words);
        option.CompletionSources.Add(words);
        option.CustomParser = result =>
        {
            var given = result.Tokens[^1].Value;
            int i = Array.FindIndex(words, word => word.Equals(given, comparison));
            if (i >= 0) return choices[i].Value;
            result.AddError($"{option.Name} is '{given}': it must be {string.Join(", ", words[..^1])} or {words[^1]}.");
            return default;
        };
        return option;
    }

    private static string Name<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
