using System.CommandLine;
using System.Text.RegularExpressions;
using Gyrus.Cli.Commands;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Cli.Tests.Repository;

/// <summary>
/// The libraries are used without the command line too, from a program or through the service: what they say names
/// things, and not what one types to <c>gyrus</c>.
/// </summary>
public sealed partial class LibraryWordsTests
{
    /// <summary>The audit's report says what to type next: there the commands are the content.</summary>
    private static readonly string[] WhereCommandsAreTheContent = ["MendCommands.cs", "ScoreCard.cs"];

    [Fact]
    public void No_library_names_an_option_of_the_command_line()
    {
        var options = All(GyrusCommand.Create()).SelectMany(command => command.Options)
            .SelectMany(option => option.Aliases.Append(option.Name))
            .Where(name => name.StartsWith("--", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);

        Assert.True(options.Count > 50);
        Assert.DoesNotContain(Lines(), line => OptionWord().Matches(line).Any(word => options.Contains(word.Value)));
    }

    [Fact]
    public void No_library_names_a_command_of_the_command_line()
    {
        var commands = GyrusCommand.Create().Subcommands.Select(command => command.Name).ToHashSet(StringComparer.Ordinal);

        Assert.True(commands.Count > 5);
        Assert.DoesNotContain(Lines(), line => CommandWord().Matches(line).Any(word => commands.Contains(word.Groups[1].Value)));
    }

    private static IEnumerable<Command> All(Command command) => command.Subcommands.SelectMany(All).Prepend(command);

    private static IEnumerable<string> Lines() =>
        Directory.GetFiles(Path.Combine(TestFiles.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("Gyrus.Cli", StringComparison.Ordinal)
                && !WhereCommandsAreTheContent.Contains(Path.GetFileName(file)))
            .SelectMany(file => File.ReadLines(file)
                .Where(line => line.Contains('"') && !line.TrimStart().StartsWith("//", StringComparison.Ordinal))
                .Select(line => $"{Path.GetFileName(file)}: {line.Trim()}"));

    [GeneratedRegex("--[a-z][a-z0-9-]+")]
    private static partial Regex OptionWord();

    [GeneratedRegex("gyrus ([a-z]+)")]
    private static partial Regex CommandWord();
}
