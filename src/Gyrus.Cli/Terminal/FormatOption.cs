using System.CommandLine;

namespace Gyrus.Cli.Terminal;

/// <summary>The option <c>--format</c>, the same on every command that has it.</summary>
internal static class FormatOption
{
    private static readonly (string Name, OutputFormat Format)[] Known =
        [("table", OutputFormat.Table), ("json", OutputFormat.Json), ("csv", OutputFormat.Csv)];

    /// <summary>Makes <c>--format table|json</c>, with <c>|csv</c> where asked; table unless given.</summary>
    public static Option<OutputFormat> Create(bool csv = false)
    {
        var known = csv ? Known : Known[..2];
        var names = Array.ConvertAll(known, k => k.Name);
        var option = new Option<OutputFormat>("--format")
        {
            Description = "How to print the result; table unless given",
            HelpName = string.Join('|', names),
            CustomParser = result =>
            {
                var given = result.Tokens[^1].Value;
                int i = Array.IndexOf(names, given);
                if (i >= 0) return known[i].Format;
                result.AddError($"--format is '{given}': it must be {string.Join(", ", names[..^1])} or {names[^1]}.");
                return default;
            },
        };
        option.CompletionSources.Add(names);
        return option;
    }
}
