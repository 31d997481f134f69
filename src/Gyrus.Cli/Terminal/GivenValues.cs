using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Gyrus.Cli.Terminal;

/// <summary>
/// Refuses, of every command alike, values that are empty, as a variable of a script that was not set gives them (as a path an empty one
/// is the current folder to some calls and a mistake to others), and words where a number belongs, without naming a type of the program.
/// </summary>
internal static class GivenValues
{
    /// <summary>Makes a command and those below it check what they are given.</summary>
    public static void Check(Command command)
    {
        foreach (var argument in command.Arguments)
            argument.Validators.Add(result => Check(result, result.Tokens, argument.ValueType, $"'{argument.Name}'"));
        foreach (var option in command.Options)
            option.Validators.Add(result => Check(result, result.Tokens, option.ValueType, option.Name));
        foreach (var below in command.Subcommands) Check(below);
    }

    private static void Check(SymbolResult result, IEnumerable<Token> tokens, Type type, string name)
    {
        foreach (var given in tokens.Select(token => token.Value))
        {
            if (given.Length == 0)
                result.AddError($"{name} is given an empty value. Give it one, or leave it out; a variable may not be set.");
            else if (Number(type) is { } number && !number.Reads(given))
                result.AddError($"{name} is '{given}': it must be {number.Words}.");
        }
    }

    private static (Func<string, bool> Reads, string Words)? Number(Type type) =>
        (type.GetElementType() ?? Nullable.GetUnderlyingType(type) ?? type) switch
        {
            var t when t == typeof(int) => (text => int.TryParse(text, CultureInfo.InvariantCulture, out _), $"a whole number, at most {int.MaxValue}"),
            var t when t == typeof(long) => (text => long.TryParse(text, CultureInfo.InvariantCulture, out _), $"a whole number, at most {long.MaxValue}"),
            var t when t == typeof(double) => (Decimal, "a number, such as 0.5"),
            var t when t == typeof(float) => (Decimal, "a number, such as 0.5"),
            _ => null,
        };

    // No thousands: "1,5" of a reader who writes decimals with a comma would be 15.
    private static bool Decimal(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
