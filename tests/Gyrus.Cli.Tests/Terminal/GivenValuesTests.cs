using System.CommandLine;
using Gyrus.Cli.Commands;
using Xunit;

namespace Gyrus.Cli.Tests.Terminal;

public sealed class GivenValuesTests
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

    [Theory]
    [InlineData("evaluate run data.csv --split banana", "--split is 'banana': it must be none, train, val or test.")]
    [InlineData("data import scans --out d.csv --modality pet", "--modality is 'pet': it must be ct or mri.")]
    [InlineData("train d.csv --out run --metric 2", "--metric is '2': it must be accuracy, loss or tumourRecall.")]
    [InlineData("train d.csv --out run --size wide", "--size is 'wide': it must be a whole number, at most 2147483647.")]
    [InlineData("train d.csv --out run --size 99999999999", "--size is '99999999999': it must be a whole number, at most 2147483647.")]
    [InlineData("train d.csv --out run --learning-rate 1,5", "--learning-rate is '1,5': it must be a number, such as 0.5.")]
    public void Value_of_another_kind_is_told_with_what_it_must_be(string line, string message) =>
        Assert.Contains(message, GyrusCommand.Create().Parse(line).Errors.Select(error => error.Message));

    [Fact]
    public void No_option_or_argument_of_any_command_names_a_type_of_the_program_for_a_value_that_it_cannot_take()
    {
        var lines = All(GyrusCommand.Create()).SelectMany(command => command.Options
            .Where(option => option.Arity.MaximumNumberOfValues > 0).Select(option => Line(command) + $" {option.Name} ?!")
            .Append(Line(command) + string.Concat(Enumerable.Repeat(" ?!", 4)))).ToList();
        Assert.True(lines.Count > 100, "the test walks the commands");

        var messages = lines.SelectMany(line => GyrusCommand.Create().Parse(line).Errors.Select(error => $"{line}: {error.Message}")).ToList();

        Assert.Contains(messages, message => message.Contains("it must be", StringComparison.Ordinal));
        Assert.DoesNotContain(messages, message => message.Contains("expected type", StringComparison.Ordinal)
            || message.Contains("System.", StringComparison.Ordinal) || message.Contains("Gyrus.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("evaluate run data.csv --split Val")]
    [InlineData("train d.csv --out run --metric TumourRecall --class-weights balanced --learning-rate 1e-3")]
    [InlineData("data split d.csv --out s.csv --labels as-published")]
    public void Value_that_is_meant_is_taken_in_any_case(string line) => Assert.Empty(GyrusCommand.Create().Parse(line).Errors);

    private static string Line(Command command) =>
        string.Join(' ', command.Parents.Reverse().Append(command).Where(part => part is not RootCommand).Select(part => part.Name));

    private static IEnumerable<Command> All(Command command) => command.Subcommands.SelectMany(All).Prepend(command);
}
