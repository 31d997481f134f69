using System.CommandLine;

namespace Gyrus.Cli.Terminal;

/// <summary>The option <c>--format</c>, the same on every command that has it.</summary>
internal static class FormatOption
{
    private static readonly (string Name, OutputFormat Format)[] Known =
        [("table", OutputFormat.Table), ("json", OutputFormat.Json), ("csv", OutputFormat.Csv)];

    /// <summary>Makes <c>--format table|json</c>, with <c>|csv</c> where asked; table unless given.</summary>
    public static Option<OutputFormat> Create(bool csv = false) =>
        new Option<OutputFormat>("--format") { Description = "How to print the result; table unless given" }.Take(csv ? Known : Known[..2]);
}
