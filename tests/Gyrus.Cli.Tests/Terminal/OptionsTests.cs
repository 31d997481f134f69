using System.CommandLine;
using Gyrus.Cli.Terminal;
using Xunit;

namespace Gyrus.Cli.Tests.Terminal;

public sealed class OptionsTests
{
    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public void Help_of_a_command_with_examples_ends_with_them(string option)
    {
        var (code, output, _) = Run("count", option);

        Assert.Equal(0, code);
        Assert.Contains("--format <table|json>", output, StringComparison.Ordinal);
        Assert.Single(output.Split('\n'), line => line.Contains("--help", StringComparison.Ordinal));
        Assert.EndsWith("Examples:\n  gyrus count a b\n  gyrus count --format json a\n",
            output.ReplaceLineEndings("\n").TrimEnd() + "\n", StringComparison.Ordinal);
    }

    [Fact]
    public void Help_of_the_root_has_no_examples_of_a_command()
    {
        var (code, output, _) = Run("--help");

        Assert.Equal(0, code);
        Assert.DoesNotContain("Examples:", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "Table")]
    [InlineData("table", "Table")]
    [InlineData("json", "Json")]
    public void Format_given_or_not_is_parsed(string? given, string expected)
    {
        var (code, output, _) = given is null ? Run("count") : Run("count", "--format", given);

        Assert.Equal(0, code);
        Assert.Equal(expected, output.Trim());
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("JSON")]
    [InlineData("1")]
    public void Format_unknown_to_the_command_is_refused_with_the_choices(string given)
    {
        var (code, _, error) = Run("count", "--format", given);

        Assert.NotEqual(0, code);
        Assert.Contains($"--format is '{given}': it must be table or json.", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Format_csv_is_known_where_the_command_has_it()
    {
        var option = FormatOption.Create(csv: true);
        var result = new Command("c") { option }.Parse(["--format", "csv"]);

        Assert.Empty(result.Errors);
        Assert.Equal(OutputFormat.Csv, result.GetValue(option));
    }

    private static (int Code, string Output, string Error) Run(params string[] args)
    {
        var format = FormatOption.Create();
        var command = new Command("count", "Counts things.") { format };
        command.AddExamples("gyrus count a b", "gyrus count --format json a");
        command.SetAction(parsed => parsed.InvocationConfiguration.Output.WriteLine(parsed.GetValue(format)));
        var root = new RootCommand("A root.") { command };
        var (output, error) = (new StringWriter(), new StringWriter());
        int code = root.Parse(args).Invoke(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
