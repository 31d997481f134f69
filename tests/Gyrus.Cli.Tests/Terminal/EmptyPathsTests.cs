using System.CommandLine;
using Gyrus.Cli.Commands;
using Xunit;

namespace Gyrus.Cli.Tests.Terminal;

public sealed class EmptyPathsTests
{
    [Theory]
    [InlineData("classify", "")]
    [InlineData("classify", "samples", "--model", "")]
    [InlineData("classify", "samples", "--out", "")]
    [InlineData("data", "import", "", "--out", "dataset.csv")]
    [InlineData("data", "import", "scans", "--out", "")]
    [InlineData("train", "", "--out", "run")]
    [InlineData("evaluate", "run", "")]
    [InlineData("serve", "--urls", "")]
    [InlineData("keys", "add", "")]
    public void Value_that_is_empty_is_refused_before_any_work(params string[] words)
    {
        var errors = GyrusCommand.Create().Parse(words).Errors.Select(error => error.Message).ToList();

        Assert.Contains(errors, error => error.Contains("is given an empty value", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_option_and_argument_of_every_command_refuses_it()
    {
        var free = All(GyrusCommand.Create()).SelectMany(command => command.Options.Cast<Symbol>().Concat(command.Arguments))
            .Where(symbol => symbol is Option { Arity.MaximumNumberOfValues: > 0, Validators.Count: 0 } or Argument { Validators.Count: 0 });

        Assert.Empty(free.Select(symbol => symbol.Name));
    }

    private static IEnumerable<Command> All(Command command) => command.Subcommands.SelectMany(All).Prepend(command);
}
