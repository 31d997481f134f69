using System.CommandLine;

namespace Gyrus.Cli.Terminal;

/// <summary>Options that change what a file says.</summary>
internal static class GivenOptions
{
    /// <summary>What an option was given as; where it was left out, another value and not the option's default.</summary>
    public static T GivenOr<T>(this ParseResult parsed, Option<T> option, T other) =>
        parsed.GetResult(option) is { Implicit: false } ? parsed.GetValue(option)! : other;
}
