using System.Text.RegularExpressions;
using Gyrus.Cli.Commands;
using Gyrus.Cli.Terminal;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Cli.Tests.Repository;

/// <summary>What the pages tell people to type is what the program takes, and what they show is what it prints.</summary>
public sealed partial class DocumentationTests
{
    public static TheoryData<string> Commands => new(Pages().SelectMany(File.ReadLines)
        .Where(line => line.StartsWith("    gyrus ", StringComparison.Ordinal))
        .Select(line => Comment().Replace(line.Trim(), ""))
        .Distinct());

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_on_a_page_is_one_that_the_program_takes(string command)
    {
        var words = command.Split(" > ")[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..];

        Assert.Empty(GyrusCommand.Create().Parse(words).Errors.Select(error => error.Message));
    }

    [Fact]
    public async Task The_READMEs_first_answer_is_what_the_program_prints()
    {
        var outcome = await GyrusProcess.Run(["classify", "samples"], TestContext.Current.CancellationToken, TestFiles.Root);
        var readme = File.ReadAllText(Path.Combine(TestFiles.Root, "README.md"));

        Assert.Equal(ExitCode.Success, outcome.ExitCode);
        Assert.Contains(string.Concat(outcome.Lines.Select(line => $"    {line}\n")), readme, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_on_a_page_leads_to_a_file()
    {
        var broken = Pages().SelectMany(page => Link().Matches(File.ReadAllText(page))
            .Select(link => link.Groups[1].Value)
            .Where(target => !target.StartsWith("http", StringComparison.Ordinal))
            .Where(target => !Path.Exists(Path.Combine(Path.GetDirectoryName(page)!, target)))
            .Select(target => $"{page}: {target}"));

        Assert.Empty(broken);
    }

    private static IEnumerable<string> Pages() =>
        Directory.GetFiles(TestFiles.Root, "*.md").Concat(Directory.GetFiles(Path.Combine(TestFiles.Root, "docs"), "*.md"));

    [GeneratedRegex(@"\s+#.*$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\]\(([^)#\s]+)\)")]
    private static partial Regex Link();
}
