using System.CommandLine;
using System.CommandLine.Parsing;

namespace Gyrus.Cli.Terminal;

/// <summary>
/// Refuses arguments and values of options that are empty, as a variable of a script that was not set gives them: nothing that gyrus is
/// given can be empty, and as a path an empty one is the current folder to some calls and a mistake to others.
/// </summary>
internal static class EmptyPaths
{
    /// <summary>Makes a command and those below it refuse them.</summary>
    public static void Refuse(Command command)
    {
        foreach (var argument in command.Arguments)
            argument.Validators.Add(result => Check(result, result.Tokens, $"'{argument.Name}'"));
        foreach (var option in command.Options)
            option.Validators.Add(result => Check(result, result.Tokens, option.Name));
        foreach (var below in command.Subcommands) Refuse(below);
    }

    private static void Check(SymbolResult result, IEnumerable<Token> tokens, string name)
    {
        if (tokens.Any(token => token.Value.Length == 0))
            result.AddError($"{name} is given an empty value. Give it one, or leave it out; a variable may not be set.");
    }
}
